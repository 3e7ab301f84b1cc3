# SPDX-License-Identifier: GPL-3.0-or-later
"""How often a password may be tried."""
import tap
from case import PortalCase, without_id

LIMIT = 10           # tries of one account in a quarter from devices that are not trusted
ADDRESS_LIMIT = 100  # of one address
NETWORK_LIMIT = 300  # of a /48
GLOBAL_LIMIT = 5000  # of all
WRONG = "not the password"


class Throttle(PortalCase):
    def fill(self, username, device=None, n=LIMIT):
        for _ in range(n):
            self.expect(self.first_step(username, WRONG, device), 403, "login-failed")

    def test_ten_tries_then_it_says_how_long(self):
        self.fill("m.debruin")
        answer = self.expect(self.first_step("m.debruin", WRONG), 429, "throttled")
        self.assertAlmostEqual(answer.json["wait_seconds"], 900, delta=60)
        self.assertEqual(int(answer.headers["retry-after"]), answer.json["wait_seconds"])
        self.expect(self.first_step("m.debruin"), 429, "throttled")
        self.portal.advance(answer.json["wait_seconds"] - 60)
        self.expect(self.first_step("m.debruin"), 429, "throttled")
        self.portal.advance(61)
        self.expect(self.first_step("m.debruin"), 200)

    def test_an_unknown_user_is_throttled_alike(self):
        self.fill("m.debruin")
        self.fill("nobody.here")
        known, unknown = self.first_step("m.debruin", WRONG), self.first_step("nobody.here", WRONG)
        for answer in (known, unknown):
            self.assertEqual(without_id(answer)[0], 429)
            self.assertAlmostEqual(answer.json["wait_seconds"], 900, delta=60)

    def test_case_and_spaces_make_no_new_bucket(self):
        self.fill("m.debruin", n=5)
        self.fill(" M.DeBruin", n=5)
        self.expect(self.first_step("M.DEBRUIN", WRONG), 429, "throttled")

    def test_a_right_try_clears_the_count(self):
        self.fill("m.debruin", n=LIMIT - 1)
        self.expect(self.first_step("m.debruin"), 200)
        self.fill("m.debruin")

    def test_nobody_can_lock_a_trusted_device_out(self):
        _, device, _ = self.enter("m.debruin")
        self.fill("m.debruin")
        self.expect(self.first_step("m.debruin"), 429, "throttled")
        answer = self.expect(self.first_step("m.debruin", device=device), 200)
        self.assertEqual(answer.json["next"], "in")
        # And that did not open the door again for who is trying.
        self.expect(self.first_step("m.debruin"), 429, "throttled")

    def test_a_trusted_device_has_a_limit_of_its_own(self):
        _, device, _ = self.enter("m.debruin")
        self.fill("m.debruin", device)
        self.expect(self.first_step("m.debruin", device=device), 429, "throttled")
        self.expect(self.first_step("m.debruin"), 200)

    def test_a_device_that_is_not_trusted_any_more_has_none(self):
        _, device, _ = self.enter("m.debruin")
        self.portal.advance(days=91)
        self.fill("m.debruin", device)
        self.expect(self.first_step("m.debruin"), 429, "throttled")

    def test_a_restart_forgets_nothing(self):
        self.fill("m.debruin")
        self.portal.stop()
        self.portal.start()
        self.expect(self.first_step("m.debruin"), 429, "throttled")

    def test_the_clock_set_back_locks_nobody_out(self):
        self.fill("m.debruin")
        self.portal.advance(days=-1)
        self.expect(self.first_step("m.debruin"), 200)
        self.portal.advance(days=1)

    def test_an_address(self):
        _, device, _ = self.enter("m.debruin")
        self.portal.advance(minutes=16)
        for i in range(ADDRESS_LIMIT // LIMIT):
            self.fill(f"nobody.{i}")
        self.expect(self.first_step("w.debruin"), 429, "throttled")
        self.expect(self.first_step("m.debruin", device=device), 200)
        self.portal.advance(minutes=16)
        self.expect(self.first_step("w.debruin"), 200)

    def test_all_together(self):
        """Many addresses at once: who has a trusted device does not notice."""
        _, device, _ = self.enter("m.debruin")
        self.portal.stop()
        self.portal.change("UPDATE throttle SET count = ? WHERE bucket = 4", GLOBAL_LIMIT - 1)
        self.portal.start()
        self.fill("nobody.here", n=1)
        self.expect(self.first_step("w.debruin"), 429, "throttled")
        self.expect(self.first_step("m.debruin", device=device), 200)
        self.portal.advance(minutes=16)
        self.expect(self.first_step("w.debruin"), 200)

    def test_rows_name_nobody(self):
        self.fill("m.debruin", n=1)
        keys = self.portal.query("SELECT key FROM throttle")
        self.assertTrue(keys)
        for (key,) in keys:
            self.assertEqual(len(key), 32)
            self.assertNotIn(b"debruin", key)


class Networks(PortalCase):
    """Behind a proxy, of which each test takes the addresses that it says."""

    options = {"more": "[server]\nproxies=127.0.0.1"}

    def log_in_from(self, address, username, password=WRONG):
        body = {"username": username, "password": password, "shared": False}
        return self.portal.post("/login", body=body, headers={"X-Forwarded-For": address})

    def test_many_addresses_of_one_network_are_one(self):
        for block in range(NETWORK_LIMIT // ADDRESS_LIMIT):
            for n in range(ADDRESS_LIMIT):
                self.expect(self.log_in_from(f"2001:db8:1:{block:x}::1", f"nobody.{block}.{n}"), 403, "login-failed")
        for block in (0, 4, 0xffff):
            self.expect(self.log_in_from(f"2001:db8:1:{block:x}::1", "w.debruin"), 429, "throttled")
        for address in ("2001:db8:2::1", "2001:db8::1", "192.0.2.1"):
            self.expect(self.log_in_from(address, "nobody.here"), 403, "login-failed")
        self.portal.advance(minutes=16)
        self.expect(self.log_in_from("2001:db8:1::1", "w.debruin", self.portal.passwords["w.debruin"]), 200)

    def test_an_address_of_ipv4_has_the_limit_of_an_address(self):
        for n in range(ADDRESS_LIMIT):
            self.expect(self.log_in_from("192.0.2.7", f"nobody.{n}"), 403, "login-failed")
        self.expect(self.log_in_from("192.0.2.7", "w.debruin"), 429, "throttled")
        self.expect(self.log_in_from("192.0.2.8", "nobody.here"), 403, "login-failed")


if __name__ == "__main__":
    tap.main()

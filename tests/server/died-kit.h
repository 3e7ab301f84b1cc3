/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A client who dies, and a report of hers: JSON without what a FHIR server puts around it. */

#define WIL                                                                                                            \
  "'identifier':[{'system':'s','value':'123456782'}],'name':[{'text':'Wil Bruin'}],'contact':[{'name':{'text':"        \
  "'Anna Smit'},'telecom':[{'system':'phone','value':'020 123'}]}]"
#define DIED ",'deceasedBoolean':true"

#define REPORT(status, text)                                                                                           \
  "'status':'" status "','code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]},"             \
  "'subject':{'reference':'Patient/wil'},'effectiveDateTime':'2026-02-01','valueString':'" text "'"

/*
 * OMA client provisioning and WAP push (service indication and loading): an operator's messages about a handset's settings.
 * They travel by SMS, and never inside a message from a subscriber.
 */

/*
 * WBXML: version 1 to 3, public identifier 0B (PROV), 05 (SI) or 06 (SL), character set 6A (UTF-8), a string table, and a
 * root element, which is tag 5 in all three. A table of 128 bytes and more has a longer length, and its end is not sought.
 */
rule SUSP_MMS_OMA_Provisioning_Or_Push : provisioning
{
    meta:
        id = "da9a7f54-244e-45a6-957f-dd85e460c685"
        description = "Detects settings or a push for a handset (OMA client provisioning, service indication or loading), which have no business in a message"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 85
        severity = "high"
        reference = "https://research.checkpoint.com/2019/advanced-sms-phishing-attacks-against-modern-android-based-smartphones/"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member, text"
        fp_notes = "Other documents in WBXML; texts that mention the element or the document type after other words"
        default_action = "block"
    strings:
        $element = "<wap-provisioningdoc" nocase
        $document_type = /-\/\/WAPFORUM\/\/DTD (PROV|SI|SL) 1\.0\/\/EN/
    condition:
        (
            uint8(0) >= 1
            and uint8(0) <= 3
            and (uint8(1) == 0x0B or uint8(1) == 0x05 or uint8(1) == 0x06)
            and uint8(2) == 0x6A
            and (uint8(3) >= 0x80 or uint8(4 + uint8(3)) & 0x3F == 5)
        )
        or (
            starts_as_markup
            and ($element in (0..1023) or $document_type in (0..1023))
        )
        or (
            declared_type contains "/vnd." // asked first: to read the type costs more than the rest
            and (
                for any kind in (
                    "application/vnd.wap.connectivity-wbxml", "text/vnd.wap.connectivity-xml", "application/vnd.wap.sic",
                    "application/vnd.wap.slc", "application/vnd.wap.coc", "text/vnd.wap.si", "text/vnd.wap.sl", "text/vnd.wap.co"
                ) : ( declared_type == kind )
                or declared_type startswith "application/vnd.syncml"
            )
        )
}

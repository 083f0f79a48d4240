/*
 * Business cards and calendars (vCard, vCalendar): a property may hold a file in base64, and a link. The first base64
 * letters of a program are as fixed as its magic: TVqQ and TVpQ (MZ), f0VMR (ELF), UEsDB (ZIP), ZGV4Cj (DEX), yv66v (class).
 */

rule SUSP_MMS_vCard_Embedded_Executable : vcard program
{
    meta:
        id = "5807e2e6-241e-4c26-8256-e7aae75739e5"
        description = "Detects a business card or calendar with a base64 property that begins as a program or an archive does"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 75
        severity = "medium"
        reference = "RFC 2426 section 3, RFC 6350 section 6"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member, text"
        fp_notes = "Photographs and keys in base64 begin otherwise; the same letters in a note have no encoding before them"
        default_action = "quarantine"
    strings:
        $program = /(BASE64|Base64|base64|=[Bb])[;A-Za-z0-9=\/+.-]{0,64}[:,]\s{0,8}(TVqQ|TVpQ|f0VMR|UEsDB|ZGV4Cj|yv66v)/
    condition:
        is_card
        and $program
}

rule SUSP_MMS_vCard_Dangerous_Link : vcard url
{
    meta:
        id = "a362906e-1c47-42d8-83b8-cf98f82ab8da"
        description = "Detects a business card or calendar with a value that is the address of a script, a local file, an application or an inline page"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 65
        severity = "medium"
        reference = "RFC 6350 section 6"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member, text"
        fp_notes = "Web addresses, pictures as data:image, and notes that mention a scheme"
        default_action = "quarantine"
    strings:
        $link = /:\s{0,8}(javascript:|vbscript:|intent:|file:\/\/|content:\/\/|data:text\/html)/ nocase
    condition:
        is_card
        and $link
}

rule SUSP_MMS_vCard_Bomb : vcard flood
{
    meta:
        id = "3fd41aa1-af66-4212-96bb-cc8a6f57a16a"
        description = "Detects a part with more than 500 business cards, which fills or freezes an address book"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 65
        severity = "medium"
        reference = "https://cwe.mitre.org/data/definitions/770.html"
        license = "Apache-2.0"
        confidence = "medium"
        target = "part, archive-member, text"
        fp_notes = "A whole address book of a person is sent as a file seldom, and has fewer cards"
        default_action = "quarantine"
    strings:
        $begin = "BEGIN:VCARD" nocase
    condition:
        is_card
        and #begin > 500
}

/*
 * Addresses in the text of a message: the few fixed forms of smishing that need no parser. Mixed scripts, look-alike brands
 * and lists of hosts are the business of the URL detector. The engine runs these on size-capped text in UTF-8 only: their
 * expressions are slow on megabytes. Every quantifier is bounded.
 */

/* Dotted, hexadecimal, octal or 32-bit decimal, or IPv6 in brackets; the host must end there. */
rule SUSP_MMS_URL_IP_Literal : url
{
    meta:
        id = "84c6809d-3d69-46ca-b1e8-5e559c7a98a7"
        description = "Detects a web address whose host is a number instead of a name, in any of the forms that browsers read"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 45
        severity = "low"
        reference = "https://attack.mitre.org/techniques/T1660/"
        license = "Apache-2.0"
        confidence = "high"
        target = "text"
        fp_notes = "Version numbers, clock times, and names that begin with digits"
        mitre_attack = "T1660"
        default_action = "log"
    strings:
        $dotted = /\bhttps?:\/\/((0x[0-9a-f]{1,8}|[0-9]{1,11})\.){1,3}(0x[0-9a-f]{1,8}|[0-9]{1,11})([\/:?#\s"'<>),]|\.?$|\.\s)/ nocase
        $single = /\bhttps?:\/\/(0x[0-9a-f]{1,16}|0[0-7]{4,14}|[0-9]{8,10})([\/:?#\s"'<>),]|\.?$|\.\s)/ nocase
        $version_6 = /\bhttps?:\/\/\[[0-9a-f:.]{2,45}(%25?[0-9a-z]{1,16})?\]/ nocase
    condition:
        any of them
}

rule SUSP_MMS_URL_Private_Address : url
{
    meta:
        id = "2bec0228-e222-42a1-98aa-30cb57d62dc2"
        description = "Detects a web address that points into a private or local network, at a handset's router or at itself"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 65
        severity = "medium"
        reference = "RFC 1918, RFC 3927, RFC 4291"
        license = "Apache-2.0"
        confidence = "high"
        target = "text"
        fp_notes = "Names that begin with the same digits; a friend's help with a router"
        default_action = "quarantine"
    strings:
        $private = /\bhttps?:\/\/(10\.[0-9]{1,3}|127\.[0-9]{1,3}|192\.168|169\.254|172\.(1[6-9]|2[0-9]|3[01]))\.[0-9]{1,3}\.[0-9]{1,3}([\/:?#\s"'<>),]|\.?$|\.\s)/ nocase
        $localhost = /\bhttps?:\/\/localhost([\/:?#\s"'<>),]|\.?$|\.\s)/ nocase
        $version_6 = /\bhttps?:\/\/\[(::1|fe[89ab][0-9a-f]:[0-9a-f:]{1,40}|f[cd][0-9a-f]{2}:[0-9a-f:]{1,40})\]/ nocase
    condition:
        any of them
}

rule SUSP_MMS_URL_Userinfo : url spoofing
{
    meta:
        id = "d512ae7f-8d09-4b7d-97a7-48db12d4fecc"
        description = "Detects a web address with a name before an @ in front of the host, which shows a trusted host and leads elsewhere"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 55
        severity = "low"
        reference = "https://attack.mitre.org/techniques/T1660/, RFC 3986 section 3.2.1"
        license = "Apache-2.0"
        confidence = "high"
        target = "text"
        fp_notes = "An @ in the path or the query (profiles, mail addresses), and mail addresses alone"
        mitre_attack = "T1660"
        default_action = "log"
    strings:
        $userinfo = /\bhttps?:\/\/[^\s\/?#@"'<>\\]{1,64}@[a-z0-9\[]/ nocase
    condition:
        $userinfo
}

rule SUSP_MMS_URL_Punycode : url spoofing informational
{
    meta:
        id = "b4a54b39-7d17-4082-92ed-4717f146b44b"
        description = "Detects a web address with an internationalised label in its encoded form, which people write seldom and impostors often"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 35
        severity = "info"
        reference = "RFC 5890, UTS 39"
        license = "Apache-2.0"
        confidence = "medium"
        target = "text"
        fp_notes = "Honest international names; xn-- in a path or inside a label"
        default_action = "log"
    strings:
        $punycode = /\bhttps?:\/\/([a-z0-9.-]{0,64}\.)?xn--[a-z0-9]/ nocase
    condition:
        $punycode
}

/* A control only counts when more of the address follows: a closing mark after an address is what phones write. */
rule SUSP_MMS_Text_Bidi_Or_ZeroWidth_In_URL : url spoofing
{
    meta:
        id = "82e182a0-83f5-4841-9006-2289dd9a1dde"
        description = "Detects a web address that has an invisible character, a soft hyphen or a bidirectional control in its middle"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 60
        severity = "medium"
        reference = "https://attack.mitre.org/techniques/T1036/002/, UTS 39"
        license = "Apache-2.0"
        confidence = "high"
        target = "text"
        fp_notes = "Joined emoji beside an address, the marks 200E and 200F, and controls that enclose a whole address"
        default_action = "quarantine"
    strings:
        $scheme = /\bhttps?:\/\/[!-~]{0,96}(\xE2\x80[\x8B-\x8D\xAA-\xAE]|\xE2\x81[\xA0\xA6-\xA8]|\xEF\xBB\xBF|\xC2\xAD)[A-Za-z0-9.\/_-]/ nocase
        $bare = /\bwww\.[!-~]{0,96}(\xE2\x80[\x8B-\x8D\xAA-\xAE]|\xE2\x81[\xA0\xA6-\xA8]|\xEF\xBB\xBF|\xC2\xAD)[A-Za-z0-9.\/_-]/ nocase
        $extension = /\xE2\x80[\xAD\xAE][!-~]{0,64}(kpa|api|exe|sis|daj|raj|fdp|gpj|gnp|fig|4pm|txt|jpe?g|png|pdf|gif|mp4)\b/ nocase
    condition:
        any of them
}

rule INFO_MMS_URL_Shortener : url informational
{
    meta:
        id = "e4063f68-a038-4b64-89e8-a4e73465f95a"
        description = "Detects a web address of a service that hides the real one; information that adds weight to other signs"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 25
        severity = "info"
        reference = "https://attack.mitre.org/techniques/T1660/"
        license = "Apache-2.0"
        confidence = "high"
        target = "text"
        fp_notes = "Honest senders shorten addresses as well; hosts that only end or begin alike do not match"
        mitre_attack = "T1660"
        default_action = "log"
    strings:
        $short = /\b(https?:\/\/|www\.)(bit\.ly|tinyurl\.com|t\.co|goo\.gl|is\.gd|v\.gd|ow\.ly|cutt\.ly|rb\.gy|tiny\.cc|t\.ly|shorturl\.at|rebrand\.ly|buff\.ly|bl\.ink|s\.id)\/[a-z0-9]/ nocase
    condition:
        $short
}

rule SUSP_MMS_URL_Direct_App_Download : url program
{
    meta:
        id = "8f6caeaf-2501-4300-bce5-c77f15577d72"
        description = "Detects a web address that leads straight to an application, an installer or a configuration profile"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 65
        severity = "medium"
        reference = "https://attack.mitre.org/techniques/T1660/"
        license = "Apache-2.0"
        confidence = "high"
        target = "text"
        fp_notes = "Addresses of shops, and words that only begin with such an extension"
        mitre_attack = "T1660"
        default_action = "quarantine"
    strings:
        $file = /\/[A-Za-z0-9_.~%!$&+=,@-]{1,64}\.(apk|apks|xapk|ipa|mobileconfig|jad|sisx?)([?#\s"'<>),]|\.?$|\.\s)/ nocase
        $scheme = /\bhttps?:\/\// nocase
        $itms = /itms-services:\/\/\?[!-~]{0,64}action=download-manifest/ nocase
    condition:
        ($file and $scheme)
        or $itms
}

rule SUSP_MMS_URL_Dangerous_Scheme : url
{
    meta:
        id = "cecd3903-64e0-4cb5-a4bc-be3dfa2b76d1"
        description = "Detects an address in a text that starts an application, runs a script or opens an inline page instead of a site"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 65
        severity = "medium"
        reference = "https://attack.mitre.org/techniques/T1660/"
        license = "Apache-2.0"
        confidence = "medium"
        target = "text"
        fp_notes = "The words with a colon in a sentence: code, or an intent's end mark, must follow"
        mitre_attack = "T1660"
        default_action = "quarantine"
    strings:
        $intent = "intent:" nocase
        $intent_end = "#Intent;" nocase
        $script = /\b(javascript|vbscript):[a-z0-9_.$%]{0,64}[(=]/ nocase
        $page = /\bdata:text\/html[;,]/ nocase
    condition:
        ($intent and $intent_end)
        or $script
        or $page
}

/* The dialler ran codes such as a factory reset when a page or text opened them (Samsung, 2012). */
rule SUSP_MMS_URL_USSD_Tel : url
{
    meta:
        id = "faa84f79-03ab-4f00-9d0f-a0364f06439c"
        description = "Detects a dialling link with a service code, which older handsets ran at once, up to erasing themselves"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 65
        severity = "medium"
        reference = "https://attack.mitre.org/techniques/T1660/"
        license = "Apache-2.0"
        confidence = "high"
        target = "text"
        fp_notes = "Plain numbers, and extensions after a comma or a semicolon"
        default_action = "quarantine"
    strings:
        $code = /\btel:(\/\/)?[0-9+]{0,16}(\*|%2a|#|%23)[0-9*#%a-f]{0,64}(#|%23)/ nocase
    condition:
        $code
}

/*
 * Apple installers and passes: configuration profiles take over a handset's network and trust; an application archive
 * installs; a pass is an archive that BLASTPASS used to carry a picture. Names in archives are read in the central
 * directory, 46 bytes after an entry's mark.
 */

rule SUSP_MMS_Apple_ConfigProfile : apple provisioning
{
    meta:
        id = "1b821da9-7adf-4c87-b654-7b47ce578ffd"
        description = "Detects an Apple configuration profile, signed or not, which can route a handset's traffic and add trust roots"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 85
        severity = "high"
        reference = "https://developer.apple.com/documentation/devicemanagement/toplevel"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Property lists of applications, and texts that only mention the keys"
        default_action = "block"
    strings:
        $type = /<key>PayloadType<\/key>\s{0,64}<string>Configuration<\/string>/
        $identifier = /<key>PayloadIdentifier<\/key>\s{0,64}<string>/
    condition:
        $type
        and $identifier
}

// Linear in the matches: no loop stands in another.
// suppress: potentially_slow_loop
rule SUSP_MMS_iOS_IPA : apple program zip
{
    meta:
        id = "10c0491f-b1ae-425f-a53f-a397cd10f632"
        description = "Detects an iOS application archive: a ZIP whose directory has an application bundle under Payload"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 85
        severity = "high"
        reference = "https://attack.mitre.org/techniques/T1660/"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Archives that mention the path in a text, or have Info.plist elsewhere"
        default_action = "block"
    strings:
        $bundle = /Payload\/[^\/\x00]{1,64}\.app\/Info\.plist/
    condition:
        is_zip
        and for any i in (1..#bundle) : (
            uint32be(@bundle[i] - 46) == 0x504B0102 and uint16(@bundle[i] - 18) == !bundle[i]
        )
}

// Linear in the matches: no loop stands in another.
// suppress: potentially_slow_loop
rule INFO_MMS_Apple_Pass : apple zip
{
    meta:
        id = "8efd26be-4e7e-4b95-88eb-7b0434be13cf"
        description = "Detects an Apple Wallet pass: an archive with a pass, a manifest and a signature, as BLASTPASS sent it"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 45
        severity = "low"
        reference = "CVE-2023-41064, CVE-2023-41061"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Airlines and shops do send passes; other archives with a manifest.json lack the rest"
        default_action = "log"
    strings:
        $pass = "pass.json"
        $manifest = "manifest.json"
        $signature = "signature"
    condition:
        is_zip
        and for any i in (1..#pass) : (uint32be(@pass[i] - 46) == 0x504B0102 and uint16(@pass[i] - 18) == 9)
        and for any i in (1..#manifest) : (
            uint32be(@manifest[i] - 46) == 0x504B0102 and uint16(@manifest[i] - 18) == 13
        )
        and for any i in (1..#signature) : (
            uint32be(@signature[i] - 46) == 0x504B0102 and uint16(@signature[i] - 18) == 9
        )
}

/* SMIL, the slide show of a message: it may name the message's own parts and nothing else. The parser is the authority. */

rule SUSP_MMS_SMIL_External_Or_Script : smil markup
{
    meta:
        id = "6b5734e1-706b-4478-a577-719dfc138c1e"
        description = "Detects a presentation that refers outside the message, declares entities, or has an attribute of 256 characters and more"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 65
        severity = "medium"
        reference = "C. Mulliner, Vulnerability Analysis of MMS User Agents (ACSAC 2006)"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member, text"
        fp_notes = "Local sources, cid: links, and the name space of SMIL 2, which is an address but no reference"
        default_action = "quarantine"
    strings:
        $outside = /[\s:"'\/](src|href)\s{0,8}=\s{0,8}["']\s{0,8}(https?|ftp|file|content|rtsp|data):/ nocase
        $link = /[\s:"'\/](href|src|action|to|from|values)\s{0,8}=\s{0,8}["']?\s{0,8}(javascript:|vbscript:|intent:|data:text\/html)/ nocase
        $entity = "<!ENTITY" nocase
        $system = /<!DOCTYPE\s{1,16}smil\s{1,16}SYSTEM\b/ nocase
        $long_double = /\s(src|href|id|region|alt|title|name|content|type|begin)\s{0,8}=\s{0,8}"[^"]{256}/ nocase
        $long_single = /\s(src|href|id|region|alt|title|name|content|type|begin)\s{0,8}=\s{0,8}'[^']{256}/ nocase
    condition:
        is_smil
        and any of them
}

-- MSN and QQ as a script of Wireshark users writes them: the same main fields as imshark's, and
-- nothing else.

local msn = Proto("msnlua", "MSN in Lua")
local cmd = ProtoField.string("msnlua.cmd", "Command")
local trid = ProtoField.uint32("msnlua.trid", "Transaction ID")
local param = ProtoField.string("msnlua.param", "Parameter")
local payload = ProtoField.bytes("msnlua.payload", "Payload")
msn.fields = { cmd, trid, param, payload }

-- Commands whose last parameter is the length of a payload.
local has_payload = {
    MSG = true, UBX = true, UUX = true, ADL = true, RML = true, FQY = true, GCF = true, NOT = true,
    UBN = true, UUN = true, IPG = true, PAG = true, QRY = true, SDG = true,
}

-- Length of the PDU at `offset`, the end of its line and of its payload; nil if it is not whole.
local function find(tvb, offset)
    local rest = tvb(offset):string(ENC_UTF_8)
    local line = rest:match("^([^\r\n]*)\r\n")
    if line == nil then
        return nil
    end
    local length = 0
    if has_payload[line:sub(1, 3)] then
        length = tonumber(line:match(" (%d+)$")) or 0
    end
    if tvb:len() - offset < #line + 2 + length then
        return nil
    end
    return line, length
end

function msn.dissector(tvb, pinfo, tree)
    local offset = 0
    local info = {}
    while offset < tvb:len() do
        local line, length = find(tvb, offset)
        if line == nil then
            pinfo.desegment_offset = offset
            pinfo.desegment_len = DESEGMENT_ONE_MORE_SEGMENT
            return
        end
        pinfo.cols.protocol = "MSN"
        info[#info + 1] = line
        local subtree = tree:add(msn, tvb(offset, #line + 2 + length), line)
        local at = offset
        local number = 0
        for word in line:gmatch("%S+") do
            local start = line:find(word, at - offset + 1, true)
            local range = tvb(offset + start - 1, #word)
            at = offset + start - 1 + #word
            if number == 0 then
                subtree:add(cmd, range, word)
            elseif number == 1 and word:match("^%d+$") and #word < 10 then
                subtree:add(trid, range, tonumber(word))
            else
                subtree:add(param, range, word)
            end
            number = number + 1
        end
        if length > 0 then
            subtree:add(payload, tvb(offset + #line + 2, length))
        end
        offset = offset + #line + 2 + length
    end
    pinfo.cols.info = table.concat(info, ", ")
end

local qq = Proto("qqlua", "QQ in Lua")
local flag = ProtoField.uint8("qqlua.flag", "Flag", base.HEX)
local version = ProtoField.uint16("qqlua.version", "Version", base.HEX)
local command = ProtoField.uint16("qqlua.command", "Command", base.HEX)
local sequence = ProtoField.uint16("qqlua.seq", "Sequence")
local number = ProtoField.uint32("qqlua.qqid", "QQ number")
local data = ProtoField.bytes("qqlua.data", "Data")
qq.fields = { flag, version, command, sequence, number, data }

function qq.dissector(tvb, pinfo, tree)
    if tvb:len() < 12 or tvb(0, 1):uint() ~= 2 then
        return 0
    end
    pinfo.cols.protocol = "QQ"
    pinfo.cols.info = string.format("command 0x%04x, sequence %d", tvb(3, 2):uint(), tvb(5, 2):uint())
    local subtree = tree:add(qq, tvb())
    subtree:add(flag, tvb(0, 1))
    subtree:add(version, tvb(1, 2))
    subtree:add(command, tvb(3, 2))
    subtree:add(sequence, tvb(5, 2))
    subtree:add(number, tvb(7, 4))
    subtree:add(data, tvb(11))
    return tvb:len()
end

DissectorTable.get("tcp.port"):add(1863, msn)
DissectorTable.get("udp.port"):add(8000, qq)

-- Reads a keyed partition in order, for the holder of its lease only: first what is pending, whoever held it, then what
-- is new.
-- KEYS: lease, stream. ARGV: the caller and its epoch, group, consumer, limit, position: the last entry it received.
-- Answers nothing if the lease is another's; else {1, pending entries} or {0, new entries, the group's last entry}.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return {}
end
local stream, group, consumer, limit, position = KEYS[2], ARGV[2], ARGV[3], ARGV[4], ARGV[5]

-- The last entry that was given out, to whomever; nil without a group, as the read below will say.
local function delivered()
  for _, fields in ipairs(redis.pcall('XINFO', 'GROUPS', stream)) do
    local found = {}
    for i = 1, #fields, 2 do
      found[fields[i]] = fields[i + 1]
    end
    if found['name'] == group then
      return found['last-delivered-id']
    end
  end
end

local last = delivered()
if last and last ~= position then
  local page = redis.call('XAUTOCLAIM', stream, group, consumer, 0, '(' .. position, 'COUNT', limit)
  if #page[2] > 0 or page[1] ~= '0-0' then
    return {1, page[2]}
  end
end
local read = redis.call('XREADGROUP', 'GROUP', group, consumer, 'COUNT', limit, 'STREAMS', stream, '>')
if read then
  local entries = read[1][2]
  return {0, entries, entries[#entries][1]}
end
return {0, {}, last}

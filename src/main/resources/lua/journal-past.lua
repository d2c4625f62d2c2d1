-- Reads entries of a partition that may have been acknowledged long ago. In small steps, so that large entries are not read
-- for nothing. KEYS[1]: the stream. ARGV: from, to, limit, about how many bytes at most. Answers {1 if there are more, entries}.
local STEP = 20
local from, limit, room = ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[4])
local entries = {}
while #entries < limit and room > 0 do
  local wanted = math.min(STEP, limit - #entries)
  local some = redis.call('XRANGE', KEYS[1], from, ARGV[2], 'COUNT', wanted)
  for _, entry in ipairs(some) do
    for _, text in ipairs(entry[2]) do
      room = room - #text
    end
    entries[#entries + 1] = entry
    from = '(' .. entry[1]
  end
  if #some < wanted then
    return {0, entries}
  end
end
return {1, entries}

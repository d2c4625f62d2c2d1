-- Reads entries of a partition that may have been acknowledged long ago. In steps that grow while entries are small, so that
-- large ones are not read for nothing. KEYS[1]: the stream. ARGV: from, to, limit, bytes at most: the first may be larger.
-- Answers {1 if there are more, entries}.
local MOST, step = 20, 1
local from, limit, room = ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[4])
local entries = {}
while #entries < limit and room > 0 do
  local wanted = math.min(step, limit - #entries)
  local some = redis.call('XRANGE', KEYS[1], from, ARGV[2], 'COUNT', wanted)
  step = math.min(MOST, 2 * step)
  for _, entry in ipairs(some) do
    for _, text in ipairs(entry[2]) do
      room = room - #text
    end
    if room < 0 and #entries > 0 then
      return {1, entries}
    end
    entries[#entries + 1] = entry
    from = '(' .. entry[1]
  end
  if #some < wanted then
    return {0, entries}
  end
end
return {1, entries}

-- Trims a partition to its retention, never beyond what a reader still needs.
-- KEYS[1]: the stream. ARGV: group, retention in ms, retention in bytes (0: none is kept once acknowledged).
-- Answers: entries trimmed, entries kept, entries not acknowledged.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return {0, 0, 0}
end

local function split(id)
  local ms, seq = string.match(id, '(%d+)-(%d+)')
  return tonumber(ms), tonumber(seq)
end

local function before(a, b)
  local am, as = split(a)
  local bm, bs = split(b)
  return am < bm or (am == bm and as < bs)
end

local function groupOf(name)
  for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
    local fields = {}
    for i = 1, #group, 2 do
      fields[group[i]] = group[i + 1]
    end
    if fields['name'] == name then
      return fields
    end
  end
end

local group = groupOf(ARGV[1])
local kept = redis.call('XLEN', KEYS[1])
if not group then
  return {0, kept, kept}
end

local pending = redis.call('XPENDING', KEYS[1], ARGV[1])
local floor
if pending[1] > 0 then
  floor = pending[2]
else
  local ms, seq = split(group['last-delivered-id'])
  floor = string.format('%.0f-%.0f', ms, seq + 1)
end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local cut = string.format('%.0f-0', math.max(0, now - tonumber(ARGV[2])))

local limit = tonumber(ARGV[3])
local first = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)[1]
if first then
  local bytes = redis.call('MEMORY', 'USAGE', KEYS[1])
  if bytes and bytes > limit then
    local from = split(first[1])
    local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
    local to = split(last[1]) + 1
    local byBytes = string.format('%.0f-0', math.ceil(from + (to - from) * (1 - limit / bytes)))
    if before(cut, byBytes) then
      cut = byBytes
    end
  end
end

if before(floor, cut) then
  cut = floor
end
local trimmed = redis.call('XTRIM', KEYS[1], 'MINID', '~', cut)
local lag = group['lag']
if not lag then
  lag = #redis.call('XRANGE', KEYS[1], '(' .. group['last-delivered-id'], '+', 'COUNT', 10000)
end
return {trimmed, kept - trimmed, pending[1] + lag}

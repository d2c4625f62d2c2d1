-- Adds to what a source was seen to send.
-- KEYS: what was seen. ARGV: how many types are counted by name, seconds to keep it all after the last change, then for
-- each type its field, events kept, events dropped. A field holds 'kept dropped milliseconds'.
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local count = redis.call('HLEN', KEYS[1])

local function add(field, kept, dropped)
  local stored = redis.call('HGET', KEYS[1], field)
  if not stored and string.sub(field, 1, 2) == 't:' then
    if count >= tonumber(ARGV[1]) then
      return add('others', kept, dropped)
    end
    count = count + 1
  end
  local before_kept, before_dropped = string.match(stored or '0 0 0', '^(%d+) (%d+) ')
  local value = string.format('%.0f %.0f %s', before_kept + kept, before_dropped + dropped, now)
  redis.call('HSET', KEYS[1], field, value)
end

for i = 3, #ARGV, 3 do
  add(ARGV[i], ARGV[i + 1], ARGV[i + 2])
end
redis.call('EXPIRE', KEYS[1], ARGV[2])
return count

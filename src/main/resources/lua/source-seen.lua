-- Adds to what a source was seen to send, and to what its rules found.
-- KEYS: what was seen, what rules found. ARGV: how many types are counted by name, how many rules are, seconds to keep it
-- all after the last change, and what rules found after the first, then for each of both its field ('r:' and a rule), and
-- how often it was one and how often the other: kept and dropped, matched and unmatched. A field holds 'one other
-- milliseconds'.
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))

local function add(key, field, one, other)
  local stored = redis.call('HGET', key, field)
  local before_one, before_other = string.match(stored or '0 0 0', '^(%d+) (%d+) ')
  redis.call('HSET', key, field, string.format('%.0f %.0f %s', before_one + one, before_other + other, now))
end

local function has_room(key, field, most)
  return redis.call('HLEN', key) < tonumber(most) or redis.call('HEXISTS', key, field) == 1
end

for i = 4, #ARGV, 3 do
  local field, one, other = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local kind, name = string.sub(field, 1, 2), string.sub(field, 3)
  if kind ~= 'r:' then
    local is_named = kind ~= 't:' or has_room(KEYS[1], field, ARGV[1])
    add(KEYS[1], is_named and field or 'others', one, other)
  elseif has_room(KEYS[2], name, ARGV[2]) then
    add(KEYS[2], name, one, other)
  end
end
redis.call('EXPIRE', KEYS[1], ARGV[3])
if redis.call('TTL', KEYS[2]) == -1 then
  redis.call('EXPIRE', KEYS[2], ARGV[3])
end

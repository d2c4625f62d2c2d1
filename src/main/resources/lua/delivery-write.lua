-- Writes what became of deliveries of one webhook. Writing the same again changes nothing.
-- KEYS: due, wake, hold, dead, graves.
-- ARGV: lane, prefix of delivery keys, hold in ms, retention of dead letters in ms, then records:
--   'park', id, fence, delay in ms, how many fields, fields
--   'back', id, fence, place
--   'bury', id, fence, how many fields, fields
--   'finish', id, fence
-- The fence is the number of attempts that the holder found, or -1 for a delivery that was not parked before.
local due, wake, hold, dead, graves = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local lane, prefix = ARGV[1], ARGV[2]
local holdFor, retention = tonumber(ARGV[3]), tonumber(ARGV[4])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

local function mine(key, fence)
  if fence == '-1' then
    return redis.call('EXISTS', key) == 0
  end
  return redis.call('HGET', key, '$attempts') == fence
end

-- Lua's stack does not hold any number of arguments at once.
local function store(key, from, to)
  for first = from, to, 1000 do
    redis.call('HSET', key, unpack(ARGV, first, math.min(to, first + 999)))
  end
end

local parked = false
local at = 5
while at <= #ARGV do
  local op, id, fence = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  local key = prefix .. id
  at = at + 3
  if op == 'finish' then
    if mine(key, fence) then
      redis.call('DEL', key)
      redis.call('ZREM', due, id)
    end
  elseif op == 'back' then
    if mine(key, fence) then
      redis.call('ZADD', due, 'XX', ARGV[at], id)
      parked = true
    end
    at = at + 1
  else
    local delay = 0
    if op == 'park' then
      delay = tonumber(ARGV[at])
      at = at + 1
    end
    local fields = tonumber(ARGV[at])
    if mine(key, fence) then
      store(key, at + 1, at + fields)
      if op == 'park' then
        redis.call('ZADD', due, now + delay, id)
        parked = true
      else
        redis.call('HSET', key, '$diedat', now)
        redis.call('PEXPIRE', key, retention)
        redis.call('ZREM', due, id)
        redis.call('ZADD', dead, now, id)
        redis.call('ZREMRANGEBYSCORE', dead, '-inf', now - retention)
        redis.call('PEXPIRE', dead, retention)
        redis.call('ZADD', graves, now, lane)
        redis.call('ZREMRANGEBYSCORE', graves, '-inf', now - retention)
      end
    end
    at = at + 1 + fields
  end
end

if holdFor > 0 and redis.call('PTTL', hold) < holdFor then
  redis.call('SET', hold, 1, 'PX', holdFor)
end
if parked or holdFor > 0 then
  local first = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')
  if first[2] then
    local held = math.max(0, redis.call('PTTL', hold))
    redis.call('ZADD', wake, math.max(tonumber(first[2]), now + held), lane)
  end
end
return 1

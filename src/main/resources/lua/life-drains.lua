-- A pod says that it begins or has ended its drain, or only hears of those that were ended by force.
-- KEYS: drains, forced. ARGV: the pod, ms by which it will be over; 0: it ended by force; -1: it ended well; neither: only to hear.
-- Answers {drains that were ended by force, ever, the pods that were found now}.
--
-- drains  zset, pods that drain: when they will be over at the latest
-- forced  a number
--
-- Whoever was killed in its drain takes nothing back: whichever pod looks then counts it, once. One that only took too long may
-- say so when it is counted: it is not there any more then.
local pod, most = ARGV[1], tonumber(ARGV[2])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
if most and most < 0 then
  redis.call('ZREM', KEYS[1], pod)
elseif most == 0 then
  redis.call('ZADD', KEYS[1], 'XX', now, pod)
elseif most then
  redis.call('ZADD', KEYS[1], now + most, pod)
end
local over = redis.call('ZRANGE', KEYS[1], '-inf', now, 'BYSCORE', 'LIMIT', 0, 100)
if #over > 0 then
  redis.call('ZREM', KEYS[1], unpack(over))
  redis.call('INCRBY', KEYS[2], #over)
end
return {tonumber(redis.call('GET', KEYS[2]) or 0), over}

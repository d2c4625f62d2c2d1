-- Gives back the last tokens of a grant, if nobody took any since: then it is as if they had never been taken. Else they
-- are lost, for what was full meanwhile would overflow.
-- KEYS: rate. ARGV: the state that the grant left, tokens, limit, period in microseconds.
local state = redis.call('GET', KEYS[1])
if state ~= ARGV[1] then
  return 0
end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local after = tonumber(state) - now - math.floor(tonumber(ARGV[2]) * tonumber(ARGV[4]) / tonumber(ARGV[3]))
if after > 0 then
  redis.call('SET', KEYS[1], string.format('%.0f', now + after), 'PX', math.ceil(after / 1000))
else
  redis.call('DEL', KEYS[1])
end
return 1

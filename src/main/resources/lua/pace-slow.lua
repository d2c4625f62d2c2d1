-- Writes the pace that an endpoint takes, unless another was written since the mark, and takes all tokens that are left. Where
-- it took nothing since the refusal before, that one lasts: it counts on from there, and tokens are saved up.
-- KEYS: pace, rate. ARGV: mark of the pace before or 0, pace, for how long it is kept in ms, how long the bucket takes to
-- fill in microseconds or 0 if it is a slower one of which nothing is taken, 1 if it is a guess still: then it counts on, too. Answers as pace-tell.lua does. The mark is when the
-- pace was written.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local seen = redis.call('HMGET', KEYS[1], 'mark', 'pace', 'since', 'taken')
local mark = seen[1] or '0'
if mark ~= ARGV[1] then
  return seen[1] and {mark, seen[2], tonumber(seen[4]), math.max(0, now - tonumber(seen[3]))} or {}
end
mark = string.format('%.0f', math.max(now, tonumber(mark) + 1))
redis.call('HSET', KEYS[1], 'mark', mark, 'pace', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
if seen[3] and seen[4] == '0' then
  return {mark, ARGV[2], 0, math.max(0, now - tonumber(seen[3]))}
end
local fill = tonumber(ARGV[4])
if fill > 0 then
  redis.call('SET', KEYS[2], string.format('%.0f', now + fill), 'PX', math.max(1, math.ceil(fill / 1000)))
end
if seen[3] and ARGV[5] == '1' then
  return {mark, ARGV[2], tonumber(seen[4]), math.max(0, now - tonumber(seen[3]))}
end
redis.call('HSET', KEYS[1], 'since', mark, 'taken', 0)
return {mark, ARGV[2], 0, 0}

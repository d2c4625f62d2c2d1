-- Renews the lease of deliveries that are still parked; never brings one forward, as a holder that lost its lease may
-- not know when the next holder wants it tried again. KEYS[1]: due. ARGV: lease in ms, ids. What tells whose
-- lease it is stays, as parked.lua has it, unless it had run out: then its number may be another's.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
for i = 2, #ARGV do
  local at = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[i]) or 0)
  local mark = at % 1
  if at <= now or mark < 0.5 or mark >= 0.75 then
    mark = 0.5
  end
  redis.call('ZADD', KEYS[1], 'XX', 'GT', now + tonumber(ARGV[1]) + mark, ARGV[i])
end
return 1

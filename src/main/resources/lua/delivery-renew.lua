-- Renews the lease of deliveries that are still parked; never brings one forward, as a holder that lost its lease may
-- not know when the next holder wants it tried again. KEYS[1]: due. ARGV: lease in ms, ids. The half is
-- that of parked.lua.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
for i = 2, #ARGV do
  redis.call('ZADD', KEYS[1], 'XX', 'GT', now + tonumber(ARGV[1]) + 0.5, ARGV[i])
end
return 1

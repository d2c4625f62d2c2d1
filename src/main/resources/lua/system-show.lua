-- A pod says what it is and how it does. Those that said nothing for long are forgotten.
-- KEYS: cards. ARGV: pod, card, how long cards are kept, in ms.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', now) .. ' ' .. ARGV[2])
local cards = redis.call('HGETALL', KEYS[1])
for i = 1, #cards, 2 do
  if now - tonumber(cards[i + 1]:match('^%d+') or 0) > tonumber(ARGV[3]) then
    redis.call('HDEL', KEYS[1], cards[i])
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])

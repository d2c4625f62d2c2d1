-- Ends a replay that runs. KEYS: due, replay, those of the webhook. ARGV: id, fence or '' for whoever has it, for how many
-- ms it is kept, fields. Answers 1, or 0 if it does not run any more, or somebody else has it.
local is = redis.call('HMGET', KEYS[2], 'state', 'fence')
if is[1] ~= 'running' or (ARGV[2] ~= '' and is[2] ~= ARGV[2]) then
  return 0
end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('HSET', KEYS[2], 'ended', now, unpack(ARGV, 4))
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
redis.call('PEXPIRE', KEYS[3], ARGV[3])
return 1

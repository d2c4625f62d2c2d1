-- One life says that it goes on, and hears of the others.
-- KEYS: roll, terms. ARGV: the life, 1 if it begins with its process, ms of silence after which a life is over, ms that
-- lives get to come back to a Redis that was away, 1 if nobody else works on this Redis, ms for which an ended life is told,
-- ms for which this life itself asked for no beat, or 0.
-- Answers {lives that go on, lives that are over}.
--
-- roll   zset, lives: when they said so last; of one that said that it ends, minus that time
-- terms  hash, run: the run of Redis in which the last beat came; judge: nobody is taken for dead before
--
-- While no beat comes at all, Redis was away or all pods are dead. A life that goes on afterwards shows that Redis was away:
-- then all get time to come back. So they do in another run of Redis, which restarted or is another one. If the first
-- to come, in the same run, is a process that just began, or one that stood still by its own clock, a moment is enough.
-- Where Redis' clock was put back, what is ahead of it counts from now.
local life, begins, patience = ARGV[1], ARGV[2] == '1', tonumber(ARGV[3])
local comeback, alone, told = tonumber(ARGV[4]), ARGV[5] == '1', tonumber(ARGV[6])
local paused = tonumber(ARGV[7])
local GAP, MOMENT = 1500, 750
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

local info = redis.pcall('INFO', 'server')
local run = type(info) == 'string' and info:match('run_id:(%x+)') or ''
local known = redis.call('HMGET', KEYS[2], 'run', 'judge')
local last = tonumber(redis.call('ZRANGE', KEYS[1], 0, 0, 'REV', 'WITHSCORES')[2] or 0)
local judge = tonumber(known[2] or 0)
local isGap = now - last > GAP
local own = tonumber(redis.call('ZSCORE', KEYS[1], life) or 0)
local stoodStill = now - own - paused < MOMENT
judge = math.min(judge, now + comeback)
if begins and alone then
  judge = now
elseif known[1] ~= run or isGap and not begins and not stoodStill then
  judge = now + comeback
elseif isGap then
  judge = math.max(judge, now + MOMENT)
end
redis.call('HSET', KEYS[2], 'run', run, 'judge', judge)
redis.call('ZADD', KEYS[1], now, life)

local on, over = {}, {}
local roll = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
for i = 1, #roll, 2 do
  local said = tonumber(roll[i + 1])
  if math.abs(said) > now then
    said = said < 0 and -now or now
    redis.call('ZADD', KEYS[1], said, roll[i])
  end
  local silent = now - math.abs(said)
  if said < 0 or now >= judge and silent > patience then
    over[#over + 1] = roll[i]
    if silent > told and now - judge > told then
      redis.call('ZREM', KEYS[1], roll[i])
    end
  else
    on[#on + 1] = roll[i]
  end
end
redis.call('PEXPIRE', KEYS[1], 10 * told)
redis.call('PEXPIRE', KEYS[2], 10 * told)
return {on, over}

-- Whose turn it is: one pod's at a time.
-- KEYS: turn. ARGV: the pod's token, ms, 'take' or 'back': it takes its turn, or is done and no other begins for so long.
-- Answers 1, or 0 where it is another one's.
--
-- turn  a string, the token of whose it is
local token, ms, what = ARGV[1], ARGV[2], ARGV[3]
local held = redis.call('GET', KEYS[1])
if held and held ~= token then
  return 0
end
if what == 'take' then
  redis.call('SET', KEYS[1], token, 'PX', ms)
elseif held then
  redis.call('PEXPIRE', KEYS[1], ms)
end
return 1

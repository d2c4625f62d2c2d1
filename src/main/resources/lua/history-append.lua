-- Adds to the attempt log of a webhook and to what is known of it as a whole.
-- KEYS: attempts, state.
-- ARGV: how many lines to keep, retention in ms, after how many ms without a failure a row of failures is broken
--       (0: never), after how many ms a success shows that a circuit is closed again, tenant,
--       1 if failures from before count no more, 1 if something failed since, the last attempt ('': none),
--       the circuit ('': no news; so is closed where it is known to be), why, then lines, oldest first.
-- Answers since when nothing but failures happened (0: something else did, or nothing at all), and the time now; behind
-- that what went wrong, if something did: the calls for other webhooks stand in the same batch, and go on.
local attempts, state = KEYS[1], KEYS[2]
local most, retention, silence, stale = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local cleared, failed, last, circuit = ARGV[6] == '1', ARGV[7] == '1', ARGV[8], ARGV[9]
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local news = {'tenant', ARGV[5]}

local function set(name, value)
  news[#news + 1] = name
  news[#news + 1] = value
end

local function append()
  -- Lua's stack does not hold any number of arguments at once.
  for first = 11, #ARGV, 1000 do
    redis.call('RPUSH', attempts, unpack(ARGV, first, math.min(#ARGV, first + 999)))
  end
  if #ARGV > 10 then
    redis.call('LTRIM', attempts, '-' .. most, -1)
    redis.call('PEXPIRE', attempts, retention)
    redis.call('HINCRBY', state, 'lines', #ARGV - 10)
  end

  local known = redis.call('HMGET', state, 'failingsince', 'failedat', 'circuit', 'circuitsince')
  local since = tonumber(known[1] or 0)
  if cleared then
    since = 0
    redis.call('HDEL', state, 'failingsince')
  end
  if failed then
    if since == 0 or (silence > 0 and now - tonumber(known[2] or now) > silence) then
      since = now
    end
    set('failingsince', since)
    set('failedat', now)
  end
  if last ~= '' then
    set('last', last)
  end
  local isNoNews = circuit == 'closed' and (known[3] or 'closed') == 'closed'
  if circuit ~= '' and not isNoNews then
    set('circuit', circuit)
    set('circuitsince', now)
    set('circuitreason', ARGV[10])
  elseif cleared and known[3] and known[3] ~= 'closed' and now - tonumber(known[4]) > stale then
    set('circuit', 'closed')
    set('circuitsince', now)
    set('circuitreason', 'deliveries go through, and no pod has said so')
  end
  redis.call('HSET', state, unpack(news))
  redis.call('PEXPIRE', state, retention)
  return since
end

local done, since = pcall(append)
if done then
  return {since, now}
end
-- A key of another type is this webhook's alone; what else goes wrong, goes wrong for all.
local reason = type(since) == 'table' and since.err or tostring(since)
if reason:find('WRONGTYPE', 1, true) then
  return {0, now, reason}
end
return redis.error_reply(reason)

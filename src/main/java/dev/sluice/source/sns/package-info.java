/**
 * Amazon SNS, which signs with a key of its own whose certificate is at a URL that each message names, and sends nothing to
 * a URL that did not confirm it.
 *
 * <p>Anybody with an account can make a topic and have it call any URL, signed as well as any other: so a source takes
 * messages of the topics that it names, and of no other. Only for those anything is fetched: a certificate, and of a
 * confirmation whose signature holds its {@code SubscribeURL}; both from {@code https://sns.REGION.amazonaws.com} of the
 * topic's own region alone (a bucket of S3 may have a name that ends alike), under the rules that deliveries have, and no
 * redirection is followed. Certificates are kept for as long as the pod lives, since another one is at another URL; how many
 * are asked for in a minute is bounded, since a stranger who knows the topic can name any.
 *
 * <p>Signed are {@code Message}, {@code MessageId}, {@code Subject}, {@code Timestamp}, {@code TopicArn} and {@code Type}; the
 * {@code MessageAttributes} are not, by SNS's own rule. A message that is older than SNS would try is refused.
 *
 * <p>Why not as a recipe: which members are signed depends on the type of the message and on which of them are there, and the
 * key comes from outside. No other provider of the list is like that.
 */
@NullMarked
package dev.sluice.source.sns;

import org.jspecify.annotations.NullMarked;

/**
 * A webhook as JSON: as users write it, as they see it, and as it is stored.
 *
 * <pre>
 *  what users write ─► WebhookForms ─► WebhookForm ─► SubscriptionForm, TargetForm, PacingForm, ShapeForm ─► Webhook
 *                                                                 AuthForm, TlsForm, HeadersForm, SigningKeys
 *  what users see   ◄─ WebhookViews ◄──────────────────────────────────────────────────────────────────── Webhook
 *  what is stored  ◄─► WebhookCodec, TargetCodec (secrets encrypted) ◄──────────────────────────────────► Webhook
 * </pre>
 *
 * A form names everything that is wrong at once, each with its pointer. {@code Mask} stands for a secret in a view and
 * means "as it was" in a form.
 */
@NullMarked
package dev.sluice.subscription.form;

import org.jspecify.annotations.NullMarked;

using Grpc.Core;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Contracts.Learners;
using Ledger.Contracts.State;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Configuration;
using Ledger.Primitives;

namespace Ledger.Node.Notices;

/// <summary>
/// Lets a learner say where this node, its home node, tells it of requests. The learner says it, or who consents for
/// it; nobody else is told what was said.
/// </summary>
public sealed class NoticeService(
    Address self, CallerAuthentication callers, ChainState chain, NoticeBook book, bool sendsMail, TimeProvider time)
        : LearnerNotices.LearnerNoticesBase
{
    /// <summary>Bytes of a webhook's address: as long as most servers take one.</summary>
    public const int WebhookBytesMax = 2_048;

    /// <summary>Raised with a learner that has said something.</summary>
    public event Action<Address>? Changed;

    /// <inheritdoc/>
    public override Task<NoticeState> SetNotices(NoticeAddresses request, ServerCallContext context)
    {
        Address learner = RequireActor(request.Learner, context, LearnerAct.Consent);
        if (request.Webhook.Length == 0 && request.Mail.Length == 0)
        {
            book.Erase(learner);
            return Task.FromResult(StateOf(learner));
        }

        if (!chain.Head.State.IsEnrolled(learner, self))
        {
            throw Refusals.Precondition("NOT_ENROLLED: a node tells learners of its own institution alone");
        }

        RequireAddresses(request);
        book.Set(learner, new NoticeAddressPair(request.Webhook, request.Mail, time.GetUtcNow()));
        Changed?.Invoke(learner);
        return Task.FromResult(StateOf(learner));
    }

    /// <inheritdoc/>
    public override Task<NoticeState> GetNotices(NoticeQuery request, ServerCallContext context) =>
        Task.FromResult(StateOf(RequireActor(request.Learner, context, LearnerAct.Consent)));

    private void RequireAddresses(NoticeAddresses request)
    {
        // Name and secret would stand in a log of that server, and what is behind the hash is never sent.
        if (request.Webhook.Length > 0
            && !(request.Webhook.Length <= WebhookBytesMax && request.Webhook.All(char.IsAscii)
                && WebAddress.TryParseSecure(request.Webhook, out Uri? webhook)
                && webhook.UserInfo.Length == 0 && webhook.Fragment.Length == 0))
        {
            throw Refusals.Argument(
                "webhook", $"https://HOST/PATH in ASCII, of at most {WebhookBytesMax} bytes, without a name in it");
        }

        if (request.Mail.Length > 0 && !MailNames.IsAddress(request.Mail))
        {
            throw Refusals.Argument("mail", $"one mail address of at most {MailNames.BytesMax} bytes");
        }

        if (request.Mail.Length > 0 && !sendsMail)
        {
            throw Refusals.Precondition("NO_MAIL: this node sends no mail; name a webhook, or ask the institution");
        }
    }

    private Address RequireActor(Google.Protobuf.ByteString named, ServerCallContext context, LearnerAct act)
    {
        Address caller = callers.Require(context);
        Address learner = Refusals.AddressOf(named, "learner");
        LedgerHead head = chain.Head;
        return LearnerActors.Refusal(head.State, learner, caller, head.NextTimeUnixMs(time), act) is { } refusal
            ? throw Refusals.Denied($"{refusal}: the learner alone, or who consents for it, says this")
            : learner;
    }

    private NoticeState StateOf(Address learner) => book.Find(learner) is { } kept
        ? new NoticeState
        {
            Webhook = kept.Webhook,
            Mail = kept.Mail,
            SetUnixMs = kept.Set.ToUnixTimeMilliseconds(),
            Undelivered = (uint)book.Undelivered(learner),
        }
        : new NoticeState();
}

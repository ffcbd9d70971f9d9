using System.Text;
using Google.Protobuf.Collections;
using Ledger.Client.Features;
using Ledger.Client.Limits;
using Ledger.Client.Protos;
using Ledger.Consensus;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Client.Boxes;

/// <summary>
/// What a request shows by itself: that it is one, whose it is, and for which box and chain. Rules B-1 to B-3 of
/// <c>docs/secure-box.md</c>.
/// </summary>
public static class BoxRequestCheck
{
    private static readonly SignedQuestion<BoxRequestBody> Question = new(
        BoxRequestBody.Parser, "request", FaultOf, static body => (body.PublicKey, body.Box));

    /// <summary>The body of a request that is signed for this chain and box, or why it is none.</summary>
    public static (BoxRequestBody? Body, BoxRefusal? Refusal) Run(
        Hash256 chainId, Address box, BoxRequest request, ISignatureVerifier verifier) => Question.Check(
            request.Body, () => BoxMessages.RequestDigest(chainId, request.Body.Span), request.Signature, box,
            verifier);

    /// <summary>The first field that is not as it must be, or null.</summary>
    public static BoxRefusal? FaultOf(BoxRequestBody body)
    {
        if (body.Reader.Length != Address.Size || body.Box.Length != Address.Size)
        {
            return BoxRefusals.Malformed("reader", "reader and box are addresses of 32 bytes");
        }

        if (body.Learner.Length != Address.Size || !PublicKeyBytes.TryRead(body.PublicKey.Span, out _))
        {
            return BoxRefusals.Malformed("learner", "learner and key have 32 bytes");
        }

        if (body.Verbs.Count is 0 or > BoxLimits.VerbsMax || !Rises(body.Verbs) || !body.Verbs.All(TextForm.IsVerb))
        {
            return BoxRefusals.Malformed("verbs", "1 to 16 exact IRIs in ascending order");
        }

        if (body.Random.Length != BoxLimits.RandomBytes)
        {
            return BoxRefusals.Malformed("random", "16 random bytes");
        }

        if (Encoding.UTF8.GetByteCount(body.Purpose) > BoxLimits.PurposeBytesMax)
        {
            return BoxRefusals.Malformed("purpose", "at most 1,024 bytes");
        }

        if (body.Openings.Count > LlpcLimits.GrantDepthMax * body.Verbs.Count)
        {
            return BoxRefusals.Malformed("openings", "at most 3 for each verb: a grant and those above it");
        }

        return FaultOfFeatures(body) ?? (body.Filter is { } filter ? FaultOf(filter) : null);
    }

    // Features over a few chosen records would be those records: they are over all that the right opens, or none.
    private static BoxRefusal? FaultOfFeatures(BoxRequestBody body)
    {
        if (body.Features is null)
        {
            return null;
        }

        if (body.Filter is not null || body.Limit != 0 || body.FromIndex != 0)
        {
            return BoxRefusals.Malformed("features", "features are over all records: no filter, limit or first index");
        }

        if (body.WithSuperseded)
        {
            return BoxRefusals.Malformed("with_superseded", "features are over the last word of each record alone");
        }

        return body.Features.Definition == FeatureDefinition.Version
            ? null
            : BoxRefusals.Malformed("features.definition", "only version 1 of the definition is known");
    }

    private static BoxRefusal? FaultOf(BoxFilter filter)
    {
        if (filter.FromUnixMs < 0
            || filter.UntilUnixMs < 0
            || (filter.UntilUnixMs > 0 && filter.FromUnixMs >= filter.UntilUnixMs))
        {
            return BoxRefusals.Malformed("filter.from_unix_ms", "a time that is not before the end");
        }

        if (filter.Activities.Count > BoxLimits.ActivitiesMax
            || !Rises(filter.Activities)
            || !filter.Activities.All(TextForm.IsVerb))
        {
            return BoxRefusals.Malformed("filter.activities", "at most 64 absolute IRIs in ascending order");
        }

        return filter.Ids.Count > BoxLimits.IdsMax || !Rises(filter.Ids) || !filter.Ids.All(IsId)
            ? BoxRefusals.Malformed("filter.ids", "at most 100 ids in ascending order")
            : null;
    }

    private static bool IsId(string id) =>
        id.Length > 0 && Encoding.UTF8.GetByteCount(id) <= BoxLimits.IdBytesMax && !id.Any(char.IsControl);

    private static bool Rises(RepeatedField<string> texts) =>
        texts.Zip(texts.Skip(1)).All(static pair => string.CompareOrdinal(pair.First, pair.Second) < 0);
}

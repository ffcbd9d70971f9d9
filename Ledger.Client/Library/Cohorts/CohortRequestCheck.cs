using System.Text;
using Ledger.Client.Boxes;
using Ledger.Client.Protos;
using Ledger.Consensus;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Client.Cohorts;

/// <summary>
/// What a question shows by itself: that it is one, whose it is, and for which box and chain. Rule Y-1 of
/// <c>docs/cohorts.md</c>.
/// </summary>
public static class CohortRequestCheck
{
    private static readonly SignedQuestion<CohortRequestBody> Question = new(
        CohortRequestBody.Parser, "question", FaultOf, static body => (body.PublicKey, body.Box));

    /// <summary>The body of a question that is signed for this chain and box, or why it is none.</summary>
    public static (CohortRequestBody? Body, BoxRefusal? Refusal) Run(
        Hash256 chainId, Address box, CohortRequest request, ISignatureVerifier verifier) => Question.Check(
            request.Body, () => CohortMessages.RequestDigest(chainId, request.Body.Span), request.Signature, box,
            verifier);

    /// <summary>The first field that is not as it must be, or null.</summary>
    public static BoxRefusal? FaultOf(CohortRequestBody body)
    {
        if (body.Asker.Length != Address.Size || body.Box.Length != Address.Size)
        {
            return BoxRefusals.Malformed("asker", "asker and box are addresses of 32 bytes");
        }

        if (!PublicKeyBytes.TryRead(body.PublicKey.Span, out _) || body.Random.Length != BoxLimits.RandomBytes)
        {
            return BoxRefusals.Malformed("public_key", "a key of 32 bytes, and 16 random bytes");
        }

        if (string.IsNullOrWhiteSpace(body.Purpose)
            || Encoding.UTF8.GetByteCount(body.Purpose) > BoxLimits.PurposeBytesMax)
        {
            return BoxRefusals.Malformed("purpose", "1 to 1,024 bytes: a count is asked for something");
        }

        return body.Question is { } question
            ? FaultOf(question)
            : BoxRefusals.Malformed("question", "a question");
    }

    private static BoxRefusal? FaultOf(CohortQuestion question)
    {
        if (!TextForm.IsVerb(question.Verb))
        {
            return BoxRefusals.Malformed("question.verb", "an exact IRI");
        }

        bool isAlways = question is { FromDay: 0, UntilDay: 0 };
        if (!isAlways
            && (question.FromDay < 0
                || question.UntilDay > CohortLimits.DayMax
                || question.FromDay >= question.UntilDay))
        {
            return BoxRefusals.Malformed("question.from_day", "whole days since 1970, the first before the end");
        }

        return question.Activities.Count <= CohortLimits.ActivitiesMax
            && question.Activities.All(TextForm.IsVerb)
            && question.Activities.Zip(question.Activities.Skip(1))
                .All(static pair => string.CompareOrdinal(pair.First, pair.Second) < 0)
                ? null
                : BoxRefusals.Malformed("question.activities", "at most 64 absolute IRIs in ascending order");
    }
}

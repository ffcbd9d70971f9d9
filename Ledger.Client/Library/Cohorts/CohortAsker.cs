using System.Security.Cryptography;
using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Cohorts;

/// <summary>Asks boxes for counts over their learners, and checks who answered what.</summary>
public sealed class CohortAsker(CallerIdentity asker, Hash256 chainId, TimeProvider? time = null)
{
    private readonly TimeProvider time = time ?? TimeProvider.System;

    /// <summary>The signed request.</summary>
    public CohortRequest Sign(Address box, string purpose, CohortQuestion question)
    {
        byte[] bytes = new CohortRequestBody
        {
            Asker = ByteString.CopyFrom(asker.Address.ToArray()),
            PublicKey = ByteString.CopyFrom(asker.Key.PublicKey.ToArray()),
            Box = ByteString.CopyFrom(box.ToArray()),
            TimeUnixMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Random = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(BoxLimits.RandomBytes)),
            Purpose = purpose,
            Question = question,
        }.ToByteArray();
        return new CohortRequest
        {
            Body = UnsafeByteOperations.UnsafeWrap(bytes),
            Signature = ByteString.CopyFrom(asker.Key.Sign(CohortMessages.RequestDigest(chainId, bytes))),
        };
    }

    /// <summary>
    /// The answer to a request, if the box signed it and keeps to what it says. Throws
    /// <see cref="LedgerClientException"/> otherwise. The numbers are the box's word.
    /// </summary>
    public CohortBody Check(Address box, CohortRequest request, CohortAnswer answer, PublicKeyBytes boxKey)
    {
        if (!Ed25519Verifier.Instance.Verify(
                boxKey, CohortMessages.AnswerDigest(chainId, answer.Body.Span), answer.Signature.Span)
            || !CanonicalMessage.TryParse(CohortBody.Parser, answer.Body.Span, out CohortBody? body)
            || !body.ChainId.Span.SequenceEqual(chainId.ToArray())
            || !body.Box.Span.SequenceEqual(box.ToArray()))
        {
            throw NotVerified("The answer is not signed by the institution that was asked.");
        }

        CohortRequestBody asked = CohortRequestBody.Parser.ParseFrom(request.Body);
        if (!body.Request.Span.SequenceEqual(CohortMessages.RequestDigest(chainId, request.Body.Span).ToArray())
            || !asked.Question.Equals(body.Question))
        {
            throw NotVerified("The answer is to another question than was asked.");
        }

        return body.LearnersMin >= CohortLimits.LearnersMinLeast
            && body.Learners >= body.LearnersMin
            && body.Records >= body.Learners
                ? body
                : throw NotVerified("The answer tells of fewer learners than it may, or does not add up.");
    }

    private static LedgerClientException NotVerified(string sentence) =>
        new(ClientFailure.NotVerified, sentence + " Nothing of it was used; tell the institution.");
}

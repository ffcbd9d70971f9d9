using System.Security.Cryptography;
using Google.Protobuf;
using Ledger.Client.Features;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Boxes;

/// <summary>
/// Reads through a secure box: signs the request, checks the box's signature on the answer, and verifies every record.
/// </summary>
public sealed class BoxReader
{
    private readonly CallerIdentity reader;
    private readonly TrustRoot trust;
    private readonly TimeProvider time;

    /// <summary>Reads in the name of <paramref name="reader"/>, and verifies from <paramref name="trust"/>.</summary>
    public BoxReader(CallerIdentity reader, TrustRoot trust, TimeProvider? time = null)
    {
        this.reader = reader;
        this.trust = trust;
        this.time = time ?? TimeProvider.System;
    }

    /// <summary>
    /// Asks the box behind <paramref name="client"/>, whose identity key is <paramref name="boxKey"/>. Throws
    /// <see cref="LedgerClientException"/> when it refuses, or when its answer is not signed by that key.
    /// </summary>
    public async Task<BoxReading> ReadAsync(
        LedgerClient client, PublicKeyBytes boxKey, BoxQuery query, CancellationToken cancellation)
    {
        BoxRequest request = Sign(query);
        BoxAnswer answer = await client.ReadBoxAsync(request, cancellation).ConfigureAwait(false);
        return Check(query, request, answer, boxKey);
    }

    /// <summary>The same for features over the records; the query must be one for features.</summary>
    public async Task<FeatureReading> ReadFeaturesAsync(
        LedgerClient client, PublicKeyBytes boxKey, BoxQuery query, CancellationToken cancellation)
    {
        BoxRequest request = Sign(query);
        BoxAnswer answer = await client.ReadBoxAsync(request, cancellation).ConfigureAwait(false);
        return CheckFeatures(query, request, answer, boxKey);
    }

    /// <summary>The signed request.</summary>
    public BoxRequest Sign(BoxQuery query)
    {
        BoxRequestBody body = new()
        {
            Reader = ByteString.CopyFrom(reader.Address.ToArray()),
            PublicKey = ByteString.CopyFrom(reader.Key.PublicKey.ToArray()),
            Box = ByteString.CopyFrom(query.Box.ToArray()),
            Learner = ByteString.CopyFrom(query.Learner.ToArray()),
            TimeUnixMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Random = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(BoxLimits.RandomBytes)),
            Limit = query.Limit,
            FromIndex = query.FromIndex,
            Purpose = query.Purpose,
            Filter = query.Filter,
            WithSuperseded = query.WithSuperseded,
            Features = query.IsForFeatures ? new FeatureQuestion { Definition = FeatureDefinition.Version } : null,
        };
        body.Verbs.AddRange(query.Verbs);
        body.Openings.AddRange(query.Openings);
        byte[] bytes = body.ToByteArray();
        return new BoxRequest
        {
            Body = UnsafeByteOperations.UnsafeWrap(bytes),
            Signature = ByteString.CopyFrom(reader.Key.Sign(BoxMessages.RequestDigest(trust.ChainId, bytes))),
        };
    }

    /// <summary>Checks an answer to a request, and verifies the bundle in it.</summary>
    public BoxReading Check(BoxQuery query, BoxRequest request, BoxAnswer answer, PublicKeyBytes boxKey)
    {
        RequireSigned(query, request, answer, boxKey);
        if (!CanonicalMessage.TryParse(RecordBundle.Parser, answer.Bundle.Span, out RecordBundle? bundle)
            || !bundle.Learner.Span.SequenceEqual(query.Learner.ToArray())
            || !query.Verbs.SequenceEqual(bundle.Verbs.Select(static verb => verb.Verb), StringComparer.Ordinal))
        {
            throw NotVerified("The answer is about another learner or other verbs than was asked for.");
        }

        byte[] file = new ProofFile { Records = bundle }.ToByteArray();
        VerificationReport report = ProofVerifier.Verify(file, trust);
        BoxAnswerCheck.Run(query, bundle, report);
        return new BoxReading(bundle, file, report);
    }

    /// <summary>
    /// Checks an answer to a request for features, and verifies the packet in it. The same failures as for records.
    /// </summary>
    public FeatureReading CheckFeatures(BoxQuery query, BoxRequest request, BoxAnswer answer, PublicKeyBytes boxKey)
    {
        RequireSigned(query, request, answer, boxKey);
        if (!CanonicalMessage.TryParse(FeaturePacket.Parser, answer.Bundle.Span, out FeaturePacket? packet))
        {
            throw NotVerified("The answer is no packet of features.");
        }

        byte[] file = new ProofFile { Features = packet }.ToByteArray();
        VerificationReport report = ProofVerifier.Verify(file, trust);
        FeatureAnswerCheck.Run(query, BoxMessages.RequestDigest(trust.ChainId, request.Body.Span), reader, report);
        return new FeatureReading(report.Features, file, report);
    }

    private void RequireSigned(BoxQuery query, BoxRequest request, BoxAnswer answer, PublicKeyBytes boxKey)
    {
        Hash256 requestDigest = BoxMessages.RequestDigest(trust.ChainId, request.Body.Span);
        Hash256 digest = BoxMessages.AnswerDigest(trust.ChainId, requestDigest, answer.Bundle.Span);
        if (!answer.Box.Span.SequenceEqual(query.Box.ToArray())
            || !Ed25519Verifier.Instance.Verify(boxKey, digest, answer.Signature.Span))
        {
            throw NotVerified("The answer is not signed by the institution that was asked.");
        }
    }

    private static LedgerClientException NotVerified(string sentence) =>
        new(ClientFailure.NotVerified, sentence + " Nothing of it was used; tell the institution.");
}

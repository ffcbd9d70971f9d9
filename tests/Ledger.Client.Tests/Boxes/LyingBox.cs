using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Tests.Verification;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Boxes;

/// <summary>A box that signs whatever it says, and a reader who asks it.</summary>
internal sealed class LyingBox : IDisposable
{
    public const string First =
        """{"id":"00000000-0000-4000-8000-000000000001","actor":{"mbox":"mailto:a@s.example"},"verb":{"id":"""
        + "\"" + SmallChain.Verb + "\""
        + """},"object":{"id":"urn:unit:1"},"timestamp":"2024-05-01T10:00:00Z"}""";

    public static readonly string Second =
        First.Replace("000000000001", "000000000002", StringComparison.Ordinal)
            .Replace("unit:1", "unit:2", StringComparison.Ordinal);

    private readonly BoxReader reader;

    public LyingBox()
    {
        Chain.AnchorStatements(First, Second);
        reader = new BoxReader(new CallerIdentity(Chain.Learner.Address, Chain.Learner), Chain.Trust);
        Query = new BoxQuery(Chain.School.Address, Chain.Learner.Address, SmallChain.Verb);
    }

    public SmallChain Chain { get; } = new();

    public BoxQuery Query { get; set; }

    /// <summary>The whole truth.</summary>
    public RecordBundle Honest() => Chain.Bundle(First, Second);

    /// <summary>What the reader finds when the box tells this.</summary>
    public BoxReading Tell(RecordBundle bundle)
    {
        BoxRequest request = reader.Sign(Query);
        byte[] bytes = bundle.ToByteArray();
        Hash256 digest = BoxMessages.AnswerDigest(
            Chain.ChainId, BoxMessages.RequestDigest(Chain.ChainId, request.Body.Span), bytes);
        BoxAnswer answer = new()
        {
            Bundle = ByteString.CopyFrom(bytes),
            Box = ByteString.CopyFrom(Chain.School.Address.ToArray()),
            Signature = ByteString.CopyFrom(Chain.School.Sign(digest)),
        };
        return reader.Check(Query, request, answer, Chain.School.PublicKey);
    }

    public void Dispose() => Chain.Dispose();
}

using System.Text;
using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Features;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Client.Tests.Verification;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Features;

/// <summary>A box that signs whatever features it likes, and a reader who asks it.</summary>
internal sealed class LyingFeatureBox : IDisposable
{
    private readonly BoxReader reader;

    public LyingFeatureBox()
    {
        Chain.AnchorStatements(Statements);
        reader = new BoxReader(new CallerIdentity(Chain.Learner.Address, Chain.Learner), Chain.Trust);
        Query = new BoxQuery(Chain.School.Address, Chain.Learner.Address, SmallChain.Verb) { IsForFeatures = true };
    }

    public static string[] Statements { get; } = [.. Enumerable.Range(1, 4).Select(static number =>
        $$"""
        {"id":"00000000-0000-4000-8000-00000000000{{number}}","actor":{"mbox":"mailto:a@s.example"},
         "verb":{"id":"{{SmallChain.Verb}}"},"object":{"id":"urn:unit:{{number % 2}}"},
         "result":{"score":{"scaled":0.{{number}}},"success":true},"timestamp":"2023-11-0{{number}}T10:00:00Z"}
        """)];

    public SmallChain Chain { get; } = new();

    public BoxQuery Query { get; set; }

    /// <summary>The box's key.</summary>
    public SigningKey Key => Chain.School;

    /// <summary>The truth about a request.</summary>
    public FeatureBody Honest(BoxRequest request)
    {
        FeatureCounter counter = new(Chain.Head.TimeUnixMs);
        foreach (string statement in Statements)
        {
            counter.Add(RecordType.XapiStatement, Encoding.UTF8.GetBytes(statement));
        }

        WriterRecords known = Chain.Bundle(Statements).Verbs[0].Writers[0];
        return new FeatureBody
        {
            ChainId = Field(Chain.ChainId),
            Box = Field(Chain.School.Address),
            Reader = Field(Chain.Learner.Address),
            Learner = Field(Chain.Learner.Address),
            Request = Field(BoxMessages.RequestDigest(Chain.ChainId, request.Body.Span)),
            Height = Chain.Head.Height,
            BlockHash = Field(BlockHeader.HashOf(Chain.HeadBytes)),
            BlockTimeUnixMs = Chain.Head.TimeUnixMs,
            Definition = FeatureDefinition.Version,
            Verbs =
            {
                new VerbFeatures
                {
                    Verb = SmallChain.Verb,
                    Ranges =
                    {
                        new FeatureRange
                        {
                            Writer = known.Writer, Range = known.Range, RangeProof = known.RangeProof,
                            Counted = counter.Records,
                        },
                    },
                    Features = counter.ToFeatures(),
                },
            },
        };
    }

    /// <summary>What the reader finds when the box tells the truth, changed by a lie.</summary>
    public FeatureReading Tell(Action<FeatureBody> lie)
    {
        BoxRequest request = reader.Sign(Query);
        FeatureBody body = Honest(request);
        lie(body);
        return Tell(request, Sign(body));
    }

    /// <summary>What the reader finds in a packet.</summary>
    public FeatureReading Tell(BoxRequest request, FeaturePacket packet)
    {
        byte[] bytes = packet.ToByteArray();
        Hash256 digest = BoxMessages.AnswerDigest(
            Chain.ChainId, BoxMessages.RequestDigest(Chain.ChainId, request.Body.Span), bytes);
        return reader.CheckFeatures(
            Query,
            request,
            new BoxAnswer
            {
                Bundle = ByteString.CopyFrom(bytes), Box = Field(Key.Address),
                Signature = ByteString.CopyFrom(Key.Sign(digest)),
            },
            Key.PublicKey);
    }

    /// <summary>A packet of any body, signed by the box.</summary>
    public FeaturePacket Sign(FeatureBody body) => new()
    {
        Version = 1,
        Body = body.ToByteString(),
        Key = Chain.Evidence(StateKeys.SigningKeys(Key.Address).At(1)),
        Signature = ByteString.CopyFrom(Key.Sign(FeatureMessages.Digest(Chain.ChainId, body.ToByteArray()))),
    };

    public BoxRequest Request() => reader.Sign(Query);

    public void Dispose() => Chain.Dispose();

    private static ByteString Field(Address address) => ByteString.CopyFrom(address.ToArray());

    private static ByteString Field(Hash256 hash) => ByteString.CopyFrom(hash.ToArray());
}

using Ledger.Client.Nodes;
using System.Text.Json;
using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Cohorts;
using Ledger.Client.Disclosures;
using Ledger.Client.Features;
using Ledger.Consensus;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Node.Api;
using Ledger.Node.Box;
using Ledger.Node.Peers;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Tests;

/// <summary>What nodes sign, against values that another program wrote down from the protocol.</summary>
public sealed class SignedBytesTests
{
    private static readonly Hash256 ChainId = new([.. Enumerable.Range(0, 32).Select(number => (byte)number)]);
    private static readonly Address Node = new(Repeated(7));
    private static readonly Hash256 Head = new(Repeated(9));
    private readonly JsonElement vectors = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(Repository(), "tests", "Vectors", "node.json"))).RootElement;

    [Test]
    public void Fresh_read() => AssertIs("freshRead", FreshAnswerRules.Digest(ChainId, new FreshAnswer
    {
        Epoch = 1,
        Nonce = ByteString.CopyFromUtf8("nonce of 16 byte"),
        Height = 5,
        HeadHash = ByteString.CopyFrom(Head.ToArray()),
        CommitSignedHeight = 6,
    }));

    [Test]
    public void Caller() => AssertIs("caller", CallerMessages.Digest(ChainId, Node.ToArray(), "challenge"u8));

    [Test]
    public void Tls_binding() => AssertIs("tlsBinding", TlsBindingRules.Digest(ChainId, Node, 3, Head));

    [Test]
    public void Box_request_and_answer()
    {
        Hash256 request = BoxMessages.RequestDigest(ChainId, "a request"u8);
        AssertIs("boxRequest", request);
        AssertIs("boxAnswer", BoxMessages.AnswerDigest(ChainId, request, "a bundle"u8));
        AssertIs("featurePacket", FeatureMessages.Digest(ChainId, "a body"u8));
        AssertIs("cohortRequest", CohortMessages.RequestDigest(ChainId, "a request"u8));
        AssertIs("cohortAnswer", CohortMessages.AnswerDigest(ChainId, "a body"u8));
    }

    [Test]
    public void Disclosure()
    {
        byte[] body = new DisclosureBody
        {
            ChainId = ChainId.ToField(),
            Learner = Node.ToField(),
            Random = ByteString.CopyFrom([.. Enumerable.Repeat((byte)3, 16)]),
            SignedUnixMs = 5,
            EndsUnixMs = 9,
            Words = "For Acme",
            Node = "https://a.example",
        }.ToByteArray();
        Assert.That(Convert.ToHexStringLower(body), Is.EqualTo(vectors.GetProperty("disclosureBody").GetString()));
        AssertIs("disclosureId", DisclosureMessages.IdOf(ChainId, body));
    }

    [Test]
    public void Status()
    {
        byte[] body = MessageCodec.Encode(new ConsensusMessage.Status(1, 5, Head, 6, true, 0));
        Assert.That(Convert.ToHexStringLower(body), Is.EqualTo(vectors.GetProperty("statusBody").GetString()));
        AssertIs("statusDigest", MessageVerifier.DigestOf(ChainId, body));
    }

    private void AssertIs(string name, Hash256 value) =>
        Assert.That(value.ToString(), Is.EqualTo(vectors.GetProperty(name).GetString()));

    private static byte[] Repeated(byte value) => [.. Enumerable.Repeat(value, 32)];

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LearningLedger.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests run within the checkout");
    }
}

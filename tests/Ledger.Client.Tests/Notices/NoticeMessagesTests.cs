using Ledger.Client.Keys;
using Ledger.Client.Notices;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Notices;

/// <summary>What a receiver of notices checks.</summary>
public sealed class NoticeMessagesTests
{
    /// <summary>Computed apart from this library: SHA-256 over the tag and the parts, each with its length.</summary>
    private const string Golden = "f993a363671f1243fa58153f25f7f457dc7a2bc7a8f2e1c667ecca1abc3fa018";

    private static readonly byte[] Body = "{\"id\":\"x\"}"u8.ToArray();

    private static readonly Hash256 Chain = new(Enumerable.Repeat((byte)7, Hash256.Size).ToArray());

    [Test]
    public void What_is_signed_is_the_chain_and_the_body() =>
        Assert.That(NoticeMessages.SignedDigest(Chain, Body).ToString(), Is.EqualTo(Golden));

    [Test]
    public void A_signature_is_of_one_key_one_chain_and_one_body()
    {
        using SigningKey key = SigningKey.Create();
        using SigningKey other = SigningKey.Create();
        string header = NoticeMessages.Header(key.Sign(NoticeMessages.SignedDigest(Chain, Body)));
        Assert.Multiple(() =>
        {
            Assert.That(IsSigned(Chain, Body, header, key), Is.True);
            Assert.That(IsSigned(Chain, Body, header, other), Is.False);
            Assert.That(IsSigned(Hash256.Zero, Body, header, key), Is.False);
            Assert.That(IsSigned(Chain, [.. Body, 32], header, key), Is.False);
        });
    }

    [TestCase("")]
    [TestCase("v1=")]
    [TestCase("v1=AA")]
    [TestCase("v1=%%")]
    [TestCase("v2=AAAA")]
    [TestCase("AAAA")]
    public void What_is_no_signature_is_refused_and_throws_nothing(string header)
    {
        using SigningKey key = SigningKey.Create();
        Assert.That(IsSigned(Chain, Body, header, key), Is.False);
    }

    private static bool IsSigned(Hash256 chain, byte[] body, string header, SigningKey key) =>
        NoticeMessages.IsSigned(chain, body, header, key.PublicKey, Ed25519Verifier.Instance);
}

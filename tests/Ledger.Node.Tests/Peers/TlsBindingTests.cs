using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Node.Peers;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Peers;

public sealed class TlsBindingTests
{
    private static readonly Hash256 Chain = Fill(1);
    private static readonly Hash256 TlsKey = Fill(2);

    private readonly SigningKey identity = SigningKey.Create();

    private PeerEntry Peer => new(identity.Address, "North", identity.PublicKey, null, BindingMinimum: 3);

    [OneTimeTearDown]
    public void DisposeKey() => identity.Dispose();

    [TestCase(3UL)]
    [TestCase(4UL)]
    public void A_binding_that_reaches_the_ledgers_minimum_proves_the_key(ulong number) =>
        Assert.That(Check(Binding(number), Chain, TlsKey, Peer), Is.Null);

    [Test]
    public void A_binding_below_the_minimum_is_refused() =>
        Assert.That(Check(Binding(2), Chain, TlsKey, Peer), Does.Contain("number 2").And.Contain("3 at least"));

    [Test]
    public void A_binding_is_of_no_use_with_another_key_chain_number_or_institution()
    {
        TlsBinding renumbered = Binding(3);
        renumbered.Number = 4;
        using SigningKey other = SigningKey.Create();

        Assert.That(Check(Binding(3), Chain, Fill(9), Peer), Does.Contain("another TLS key"));
        Assert.That(Check(Binding(3), Fill(9), TlsKey, Peer), Does.Contain("signature"));
        Assert.That(Check(renumbered, Chain, TlsKey, Peer), Does.Contain("signature"));
        Assert.That(
            Check(Binding(3), Chain, TlsKey, Peer with { IdentityKey = other.PublicKey, Address = other.Address }),
            Does.Contain("signature"));
    }

    [Test]
    public void A_malformed_binding_or_none_proves_nothing()
    {
        Assert.That(Check(null, Chain, TlsKey, Peer), Is.Not.Null);
        Assert.That(Check(Binding(3), Chain, TlsKey, null), Is.Not.Null);
        Assert.That(Check(new TlsBinding(), Chain, TlsKey, Peer), Is.Not.Null);
        TlsBinding cut = Binding(3);
        cut.Signature = ByteString.CopyFrom(cut.Signature.Span[..63]);
        Assert.That(Check(cut, Chain, TlsKey, Peer), Does.Contain("signature"));
    }

    private static string? Check(TlsBinding? binding, Hash256 chain, Hash256 seen, PeerEntry? peer) =>
        TlsBindingRules.Check(binding, chain, seen, peer, Ed25519Verifier.Instance);

    private TlsBinding Binding(ulong number) =>
        TlsBindingRules.Create(Chain, identity.Address, number, TlsKey, digest => identity.Sign(digest));

    private static Hash256 Fill(byte value) => new(Enumerable.Repeat(value, Hash256.Size).ToArray());
}

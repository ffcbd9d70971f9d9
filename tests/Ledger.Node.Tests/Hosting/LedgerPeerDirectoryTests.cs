using Ledger.Node.Chain;
using Ledger.Node.Configuration;
using Ledger.Node.Hosting;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Hosting;

public sealed class LedgerPeerDirectoryTests
{
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private ChainState chain = null!;

    [SetUp]
    public void Open()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        chain = ChainRecovery.Open(folder.Database, ledger.GenesisBytes);
    }

    [TearDown]
    public void Close()
    {
        folder.Dispose();
        ledger.Dispose();
    }

    [Test]
    public void A_peer_is_where_the_ledger_says()
    {
        LedgerPeerDirectory directory = With([]);

        Assert.That(directory.Find(Peer)!.Uri, Is.EqualTo(new Uri("https://127.0.0.1:7102")));
    }

    [Test]
    public void A_peer_that_has_moved_is_where_the_operator_says()
    {
        LedgerPeerDirectory directory = With(new() { [Peer.ToString()] = "https://127.0.0.9:9999" });

        Assert.That(directory.Find(Peer)!.Uri, Is.EqualTo(new Uri("https://127.0.0.9:9999")));
        Assert.That(directory.Validators.Count(peer => peer.Uri!.Port == 9999), Is.EqualTo(1));
    }

    [TestCase("127.0.0.9:9999")]
    [TestCase("http://127.0.0.9:9999")]
    [TestCase("")]
    public void An_address_that_is_none_stops_the_start_with_a_sentence(string endpoint)
    {
        ConfigurationException refusal = Assert.Throws<ConfigurationException>(
            () => With(new() { [Peer.ToString()] = endpoint }))!;

        Assert.That(refusal.Message, Does.Contain("https://HOST:PORT"));
    }

    private Address Peer => ledger.Identities[1].Address;

    private LedgerPeerDirectory With(Dictionary<string, string> bootstrap) =>
        new(ledger.Identities[0].Address, chain, bootstrap);
}

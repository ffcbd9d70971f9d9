using Ledger.Client.Keys;
using Ledger.Node.Box;
using Ledger.Node.Hosting;
using Ledger.Node.Keys;
using Ledger.Node.Peers;
using Ledger.Node.Protos;
using Ledger.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Box;

/// <summary>A round that breaks is told to those who wait for it, and to nobody after them.</summary>
public sealed class FreshReadsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Test]
    public async Task A_round_that_fails_ends_with_its_reason_and_the_next_one_runs()
    {
        using TestLedger ledger = new();
        using DatabaseFolder folder = new();
        using TlsIdentity tls = TlsIdentity.Load(
            TlsIdentity.Generate("test", DateTimeOffset.FromUnixTimeMilliseconds(TestLedger.Time)));
        ChainBuilder blocks = new(ledger, folder);
        LedgerPeerDirectory directory = new(
            ledger.Identities[0].Address, blocks.Chain, new Dictionary<string, string>());
        await using PeerNetwork network = new(
            directory,
            new PeerCredentials(ledger.ChainId, tls, new TlsBinding(), Ed25519Verifier.Instance),
            new PeerClocks(TimeProvider.System, NullLogger.Instance),
            NullLoggerFactory.Instance);
        int asked = 0;
        FreshReads reads = new(
            ledger.ChainId, ledger.Identities[0].Address, ledger.Identities[0], blocks.Chain, network, directory,
            Ed25519Verifier.Instance,
            () => ++asked == 1 ? throw new InvalidOperationException("The vote state cannot be read.") : 0ul);

        InvalidOperationException? told = await Assert.ThrowsAsync<InvalidOperationException>(
            () => reads.HeadAsync().WaitAsync(Limit));
        Assert.That(told!.Message, Does.Contain("vote state"));
        Assert.That(await reads.HeadAsync().WaitAsync(Limit), Is.Null, "Alone, a validator is not fresh.");
    }
}

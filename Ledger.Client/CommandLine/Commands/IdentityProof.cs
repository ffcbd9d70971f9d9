using Ledger.Client.Nodes;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;
using Google.Protobuf;

namespace Ledger.CommandLine.Commands;

/// <summary>
/// That a key other than its first one is an institution's: proved from the ledger, not by the node's word.
/// </summary>
internal static class IdentityProof
{
    /// <summary>Throws <see cref="CommandException"/> when the ledger does not prove that the key is in use.</summary>
    public static async Task RequireAsync(
        LedgerClient client, TrustRoot trust, Address institution, PublicKeyBytes key, CancellationToken cancellation)
    {
        InstanceSeries keys = StateKeys.SigningKeys(institution);
        Counter counter = Read(
            await client.GetStateAsync(keys.Counter.Raw, cancellation)
                .ConfigureAwait(false), keys.Counter, trust, Counter.Parser);
        StateKey place = keys.At(counter.Count);
        KeyInstance instance = Read(
            await client.GetStateAsync(place.Raw, cancellation)
                .ConfigureAwait(false), place, trust, KeyInstance.Parser);
        if (instance.Interval is not { ToHeight: 0 } || !instance.PublicKey.Span.SequenceEqual(key.ToArray()))
        {
            throw new CommandException(
                ExitCode.NotVerified,
                    "The ledger does not name this key as the institution's. Nothing was asked of it.");
        }
    }

    private static T Read<T>(StateEvidence evidence, StateKey key, TrustRoot trust, MessageParser<T> parser)
        where T : class, IMessage<T>, new()
    {
        bool holds = evidence.Key.Span.SequenceEqual(key.Raw.Span)
            && ProofVerifier.Verify(new ProofFile { State = evidence }.ToByteArray(), trust).Verdict == Verdict.Passed;
        return holds && CanonicalMessage.TryParse(parser, evidence.Value.Span, out T? value)
            ? value
            : throw new CommandException(
                ExitCode.NotVerified,
                    "The node's proof of the institution's key does not verify. Nothing was asked of it.");
    }
}

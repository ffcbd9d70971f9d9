using System.CommandLine;
using Ledger.Client.Nodes;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Which keys an address has had: proved from the ledger, not by the node's word.</summary>
internal static class KeyHistoryCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> who = new("WHO") { Description = "An address, an institution's domain, or me." };
        Option<string?> at = new("--at") { Description = "Only the key that was valid then.", HelpName = "TIME" };
        Option<string?> genesis = new("--genesis") { Description = "Trust this genesis document.", HelpName = "FILE" };
        Option<string?> checkpoint = new("--checkpoint") { Description = "Trust this checkpoint.", HelpName = "FILE" };
        return host.Verb(
            "history",
            "Shows the signing keys of an address with their times, each proved: what a former key signed in its time "
                + "stays good.",
            "ledger key history kyoto-u.example --at 2026-05-01T12:00:00Z",
            [who, at, genesis, checkpoint],
            async (session, cancellation) =>
            {
                Address owner = await Parties.ReadInstitutionAsync(session, session.Required(who), cancellation)
                    .ConfigureAwait(false);
                TrustRoot trust = session.OpenTrust(session.Get(checkpoint), session.Get(genesis));
                KeyHistory history = await ReadAsync(session, owner, trust, cancellation).ConfigureAwait(false);
                Answer answer = new Answer().Field("address", owner.ToString());
                if (session.Get(at) is not { } time)
                {
                    return answer.Table(
                        "keys", ["number", "public key", "from", "to", "from height", "to height"],
                        history.Keys.Select(static (key, place) => Row(key, place)));
                }

                PublicKeyBytes? key = history.AtTime(Times.ReadBeginning(time));
                return key is null
                    ? answer.Note("It had no key then.").With(ExitCode.NotVerified)
                    : answer.Field("public key", key.Value.ToString());
            });
    }

    private static object?[] Row(KeyInstance key, int place) =>
    [
        place + 1,
        Convert.ToHexStringLower(key.PublicKey.Span),
        Times.Show(key.OpenedUnixMs),
        Times.Show(key.ClosedUnixMs),
        key.Interval.FromHeight,
        key.Interval.ToHeight == 0 ? null : key.Interval.ToHeight,
    ];

    private static async Task<KeyHistory> ReadAsync(
        Session session, Address owner, TrustRoot trust, CancellationToken cancellation)
    {
        List<StateEvidence> proofs = [];
        await foreach (StateEvidence proof in session.Client.ListProvedAsync(
            StateKeys.Prefix(StateKind.SigningKey, owner), cancellation).ConfigureAwait(false))
        {
            proofs.Add(proof);
        }

        if (proofs.Count == 0)
        {
            throw new CommandException(ExitCode.Refused, "The ledger does not know this address.");
        }

        return KeyHistoryCheck.Verify(owner, proofs[0], proofs[1..], trust)
            ?? throw new CommandException(
                ExitCode.NotVerified, "The node's proofs of the keys do not verify. Ask another node.");
    }
}

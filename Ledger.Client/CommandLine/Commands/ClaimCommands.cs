using System.CommandLine;
using Ledger.Client.Claims;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>One-time codes on the learner's side, merging and opting out.</summary>
internal static class ClaimCommands
{
    public static Command CreateClaim(CommandHost host)
    {
        Argument<string> code = new("CODE") { Description = "The code that the institution gave." };
        Option<string> institution = new("--institution")
        {
            Description = "The institution that gave it.", HelpName = "ADDRESS|DOMAIN", Required = true,
        };
        Option<string> learner = new("--learner")
        {
            Description = "Who enrols, when you are the guardian.",
            DefaultValueFactory = static _ => "me",
            HelpName = "ADDRESS",
        };
        return host.Verb(
            "claim",
            "Enrols you at an institution by a one-time code; makes you a learner of the ledger first, if need be.",
            "ledger learner claim 4CX0-9KQM-… --institution kyoto-u.example",
            [code, institution, learner],
            async (session, cancellation) =>
            {
                if (!ClaimCode.TryParse(session.Required(code), out ClaimCode read))
                {
                    throw CommandException.WrongUse("This is no code, or a sign of it is wrong. Type it again.");
                }

                Address school = await Parties.ReadInstitutionAsync(
                    session, session.Required(institution), cancellation).ConfigureAwait(false);
                Address who = Parties.Read(session, session.Required(learner));
                using SigningKey key = read.ToKey();
                Operation claim = Operations.LearnerClaim(
                    who, school, key.PublicKey, key.Sign(LearnerDigests.OfClaim(session.ChainId, school, who)));
                Operation[] operations = who == session.Identity.Address
                    && !await IsLearnerAsync(session, who, cancellation).ConfigureAwait(false)
                        ? [Operations.UicCreate(), claim]
                        : [claim];
                return await TransactionSender.SendAsync(session, cancellation, operations).ConfigureAwait(false);
            });
    }

    public static Command CreateMerge(CommandHost host)
    {
        Argument<string> absorbed = new("ABSORBED") { Description = "Your other address, whose key is closed." };
        Option<string[]> guardians = new("--guardian")
        {
            Description = "Guardian of either address, who signs too; may be given again.", HelpName = "ADDRESS",
        };
        JointSigning joint = new();
        return host.Verb(
            "merge",
            "Makes this profile's address stand for another one of yours; both keys sign. It cannot be undone.",
            "ledger learner merge 81d0… --other-key old.json",
            [absorbed, guardians, .. joint.Symbols],
            (session, cancellation) =>
            {
                Address other = Parties.Read(session, session.Required(absorbed));
                IEnumerable<Address> signers =
                    [other, .. (session.Get(guardians) ?? []).Select(one => Parties.Read(session, one))];
                return joint.SendAsync(
                    session,
                    Operations.LearnerMerge(other),
                    [.. signers.Select(static one => (one, (PublicKeyBytes?)null))],
                    cancellation);
            });
    }

    public static Command CreateOptOut(CommandHost host)
    {
        Argument<string> level = new("LEVEL") { Description = "no-anchor, no-store, or none to come back." };
        level.AcceptOnlyFromAmong("no-anchor", "no-store", "none");
        Option<string> learner = new("--learner")
        {
            Description = "Whose records.", DefaultValueFactory = static _ => "me", HelpName = "ADDRESS",
        };
        return host.Verb(
            "opt-out",
            "Lets institutions anchor no more records of you, or store none, from now on.",
            "ledger learner opt-out no-anchor",
            [level, learner],
            (session, cancellation) => TransactionSender.SendAsync(session, cancellation, Operations.OptOut(
                Parties.Read(session, session.Required(learner)),
                session.Required(level) switch
                {
                    "no-anchor" => OptOutLevel.NoAnchor,
                    "no-store" => OptOutLevel.NoStore,
                    _ => OptOutLevel.None,
                })));
    }

    public static Command CreateLookup(CommandHost host)
    {
        Argument<string> who = new("WHO") { Description = "An account (HOMEPAGE|NAME), or a learner's address." };
        return host.Verb(
            "lookup",
            "Tells from your own node whose account it is, or which accounts a learner has; nobody else is told.",
            "ledger learner lookup \"https://moodle.kyoto-u.example|jo\"",
            [who],
            async (session, cancellation) =>
            {
                string text = session.Required(who);
                PairPage page = text.Contains('|')
                    ? await session.Client.FindPairsAsync(text, cancellation).ConfigureAwait(false)
                    : await session.Client.FindPairsAsync(Parties.Read(session, text), cancellation)
                        .ConfigureAwait(false);
                return new Answer().Table("pairs", ["account", "learner"], page.Pairs.Select(
                    static pair => new object?[] { pair.ActorKey, Parties.Show(pair.Learner) }));
            });
    }

    // The node answers about oneself only to whom the ledger knows: a new key is told so as UNAUTHENTICATED.
    private static async Task<bool> IsLearnerAsync(Session session, Address who, CancellationToken cancellation)
    {
        try
        {
            await session.Client.GetLearnerAsync(who, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (LedgerClientException failure) when (failure.Kind == ClientFailure.Refused)
        {
            return false;
        }
    }
}

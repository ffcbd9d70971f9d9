using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;

namespace Ledger.CommandLine.Commands;

/// <summary>
/// Which learner a tool's account belongs to; known to the institution's node alone, never on the ledger.
/// </summary>
internal static class PairCommands
{
    public static Command CreatePair(CommandHost host)
    {
        Argument<string> account = AccountArgument();
        Argument<string> learner = new("LEARNER") { Description = "The learner's address." };
        return host.Verb(
            "pair",
            "Tells your node whose account this is; records of it are anchored from then on.",
            "ledger learner pair \"https://moodle.kyoto-u.example|jo\" 3f2a…",
            [account, learner],
            async (session, cancellation) =>
            {
                if (!session.Required(account).Contains('|'))
                {
                    throw CommandException.WrongUse(
                        "An account is written HOMEPAGE|NAME, as the record store keeps it, for instance "
                            + "\"https://moodle.kyoto-u.example|jo\". See: ledger record status ID");
                }

                await session.Client.PairLearnerAsync(
                    session.Required(account), Parties.Read(session, session.Required(learner)), cancellation)
                        .ConfigureAwait(false);
                return new Answer().Field("account", session.Required(account)).Field(
                    "learner", session.Required(learner));
            });
    }

    public static Command CreateUnpair(CommandHost host)
    {
        Argument<string> account = AccountArgument();
        return host.Verb(
            "unpair",
            "Takes a pair away; records of the account are no longer anchored.",
            "ledger learner unpair \"https://moodle.kyoto-u.example|jo\"",
            [account],
            async (session, cancellation) =>
            {
                await session.Client.PairLearnerAsync(session.Required(account), learner: null, cancellation)
                    .ConfigureAwait(false);
                return new Answer().Field("account", session.Required(account)).Field("learner", null);
            });
    }

    public static Command CreatePairs(CommandHost host) => host.Verb(
        "pairs", "Lists accounts and their learners.", "ledger learner pairs", [], async (session, cancellation) =>
        {
            List<Pair> pairs = [];
            ByteString cursor = ByteString.Empty;
            do
            {
                PairPage page = await session.Client.ListPairsAsync(new PageRequest { Cursor = cursor }, cancellation)
                    .ConfigureAwait(false);
                pairs.AddRange(page.Pairs);
                cursor = page.Cursor;
            }
            while (!cursor.IsEmpty);

            return new Answer().Table("pairs", ["account", "learner"], pairs.Select(
                static pair => new object?[] { pair.ActorKey, Parties.Show(pair.Learner) }));
        });

    private static Argument<string> AccountArgument() =>
        new("ACCOUNT") { Description = "The account as the record store keeps it: home page, a bar, and the name." };
}

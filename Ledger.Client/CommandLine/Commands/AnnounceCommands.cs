using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Claims;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;

namespace Ledger.CommandLine.Commands;

/// <summary>One-time codes on the institution's side.</summary>
internal static class AnnounceCommands
{
    public static Command CreateAnnounce(CommandHost host)
    {
        Argument<string> file = new("ACCOUNTS")
        {
            Description = "File with the accounts of one learner a line, as the record store keeps them, with commas.",
        };
        Option<string> output = new("--out")
        {
            Description = "Where to write the codes (CSV), for you alone.", HelpName = "FILE", Required = true,
        };
        Option<string> until = new("--until")
        {
            Description = "The codes' last day, at most a year ahead.", HelpName = "DATE", Required = true,
        };
        return host.Verb(
            "announce-learners",
            "Makes a one-time code for each learner, announces the codes, and tells your node whose they are.",
            "ledger institution announce-learners accounts.csv --out codes.csv --until 2027-03-31",
            [file, output, until],
            async (session, cancellation) =>
            {
                long end = Times.Read(session.Required(until));
                AnnouncedLearner[] learners =
                [
                    .. ClaimSheet.ReadAccounts(File.ReadAllText(session.Required(file)))
                        .Select(static accounts => new AnnouncedLearner(0, ClaimCode.Create(), accounts)),
                ];
                if (learners.Length == 0)
                {
                    throw CommandException.WrongUse("The file names no learner.");
                }

                // The codes are on disk before anybody can be asked for one.
                string path = session.Required(output);
                ClaimSheet.Write(path, learners, overwrite: false);
                return await AnnounceAsync(session, [], learners, end, path, cancellation).ConfigureAwait(false);
            });
    }

    public static Command CreateKeep(CommandHost host)
    {
        Argument<string> file = new("CODES") { Description = "The list that announce-learners wrote." };
        return host.Verb(
            "keep-claims",
            "Tells your node again whose codes they are, for instance after announce-learners was interrupted.",
            "ledger institution keep-claims codes.csv",
            [file],
            async (session, cancellation) =>
            {
                string path = session.Required(file);
                AnnouncedLearner[] found = [.. ClaimSheet.Read(await File.ReadAllTextAsync(path, cancellation)
                    .ConfigureAwait(false))];
                for (int place = 0; place < found.Length; place++)
                {
                    found[place] = found[place] with { Claim = await NumberOfAsync(
                        session, found[place].Code, cancellation).ConfigureAwait(false) };
                }

                ClaimSheet.Write(path, found, overwrite: true);
                AnnouncedLearner[] announced = [.. found.Where(static learner => learner.Claim != 0)];
                await KeepAsync(session, announced, cancellation).ConfigureAwait(false);
                return new Answer()
                    .Field("learners", found.Length)
                    .Field("announced", announced.Length);
            });
    }

    public static Command CreateClaims(CommandHost host) => host.Verb(
        "claims", "Lists the codes' numbers that wait to be used, and whose accounts they are.",
        "ledger institution claims", [],
        async (session, cancellation) =>
        {
            List<object?[]> rows = [];
            ByteString cursor = ByteString.Empty;
            do
            {
                ClaimAccounts page = await session.Client.ListClaimsAsync(
                    new PageRequest { Cursor = cursor }, cancellation).ConfigureAwait(false);
                rows.AddRange(page.Claims.Select(
                    static claim => new object?[] { claim.Claim, string.Join(", ", claim.ActorKeys) }));
                cursor = page.Cursor;
            }
            while (!cursor.IsEmpty);

            return new Answer().Table("claims", ["claim", "accounts"], rows);
        });

    public static Command CreateRevoke(CommandHost host)
    {
        Argument<ulong> first = new("FIRST") { Description = "The first number." };
        Argument<ulong> last = new("LAST") { Description = "The last number." };
        return host.Verb(
            "revoke-claims",
            "Takes back those codes with these numbers that were not used; 1,024 at a time.",
            "ledger institution revoke-claims 1 40",
            [first, last],
            (session, cancellation) => TransactionSender.SendAsync(
                session, cancellation, Operations.ClaimRevoke(session.Required(first), session.Required(last))));
    }

    /// <summary>
    /// Asks the ledger for those of a list that bear no number, and tells the node whose codes they are: an earlier run
    /// may have ended between announcing and telling. Those that are not on the ledger keep no number.
    /// </summary>
    internal static async Task<AnnouncedLearner[]> FindAsync(
        Session session, AnnouncedLearner[] learners, CancellationToken cancellation)
    {
        AnnouncedLearner[] found = [.. learners];
        List<AnnouncedLearner> untold = [];
        for (int place = 0; place < found.Length; place++)
        {
            if (found[place].Claim != 0)
            {
                continue;
            }

            found[place] = found[place] with
            {
                Claim = await NumberOfAsync(session, found[place].Code, cancellation).ConfigureAwait(false),
            };
            if (found[place].Claim != 0)
            {
                untold.Add(found[place]);
            }
        }

        await KeepAsync(session, untold, cancellation).ConfigureAwait(false);
        return found;
    }

    /// <summary>Announces learners and writes their numbers into the list, after those that it has already.</summary>
    internal static async Task<Answer> AnnounceAsync(
        Session session,
        AnnouncedLearner[] before,
        AnnouncedLearner[] learners,
        long end,
        string path,
        CancellationToken cancellation)
    {
        for (int start = 0; start < learners.Length; start += TransactionLimits.ClaimsMax)
        {
            int count = Math.Min(TransactionLimits.ClaimsMax, learners.Length - start);
            Operation announce = Operations.ClaimAnnounce(
                learners.Skip(start).Take(count).Select(static learner => learner.Code.ToClaim()), end);
            (Answer answer, OperationResult? result) = await TransactionSender.SendOneAsync(
                session, announce, cancellation).ConfigureAwait(false);
            if (result?.Code != ResultCode.Accepted)
            {
                return answer.Note($"{start} of {learners.Length} learners were announced; see {path}.");
            }

            for (int place = 0; place < count; place++)
            {
                learners[start + place] = learners[start + place] with { Claim = result.Number + (ulong)place };
            }

            ClaimSheet.Write(path, [.. before, .. learners], overwrite: true);
            await KeepAsync(session, learners[start..(start + count)], cancellation).ConfigureAwait(false);
        }

        return new Answer()
            .Field("learners", learners.Length)
            .Field("first claim", learners[0].Claim)
            .Field("file", path)
            .Note($"Give each learner its code, and {path} to nobody: a code enrols whoever has it.");
    }

    private static async Task KeepAsync(
        Session session, IReadOnlyList<AnnouncedLearner> learners, CancellationToken cancellation)
    {
        foreach (AnnouncedLearner[] batch in learners.Chunk(TransactionLimits.ClaimsMax))
        {
            await session.Client.KeepClaimsAsync(
                batch.Select(static learner => new ClaimAccount
                {
                    Claim = learner.Claim, ActorKeys = { learner.Accounts },
                }),
                cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<ulong> NumberOfAsync(Session session, ClaimCode code, CancellationToken cancellation)
    {
        StateKey key = LearnerKeys.ClaimNumber(session.Identity.Address, code.ToClaim());
        ReadOnlyMemory<byte> value = (await session.Client.GetStateAsync(key.Raw, cancellation).ConfigureAwait(false))
            .Value.Memory;
        return value.IsEmpty ? 0 : ClaimNumber.Parser.ParseFrom(value.Span).Number;
    }
}

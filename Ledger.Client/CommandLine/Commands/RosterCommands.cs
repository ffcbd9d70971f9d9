using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Claims;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Rosters;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;

namespace Ledger.CommandLine.Commands;

/// <summary>
/// Classes and invitations out of the institution's roster. It enrols nobody: a learner's own key does.
/// </summary>
internal static class RosterCommands
{
    private const int ClassesOfCall = 100;
    private const string Student = "student";

    public static Command CreateImport(CommandHost host)
    {
        Argument<string> roster = new("ROSTER") { Description = "Folder or ZIP archive of OneRoster 1.1 files (CSV)." };
        Option<string[]> account = new("--account")
        {
            Description =
                "How an account is made of a user: HOMEPAGE|{username}, or {sourcedId}, {identifier}, {email}.",
            HelpName = "TEMPLATE", Required = true,
        };
        Option<string> output = new("--out")
        {
            Description = "The list of codes (CSV), for you alone; one that exists is continued.", HelpName = "FILE",
            Required = true,
        };
        Option<string> until = new("--until")
        {
            Description = "The last day of new codes, at most a year ahead.", HelpName = "DATE", Required = true,
        };
        return host.Verb(
            "import-roster",
            "Keeps the classes of a roster at your node, and invites each student who is neither invited nor known: a "
                + "one-time code each. The same roster again changes nothing.",
            "ledger institution import-roster roster/ --account \"https://moodle.kyoto-u.example|{username}\" "
                + "--out codes.csv --until 2027-03-31",
            [roster, account, output, until],
            async (session, cancellation) =>
            {
                long end = Times.Read(session.Required(until));
                RosterPlan plan = RosterPlan.Of(
                    OneRoster.Parse(RosterFiles.Read(session.Required(roster))),
                    [.. session.Required(account).Select(AccountTemplate.Parse)],
                    DateOnly.FromDateTime(session.Time.GetUtcNow().UtcDateTime));
                ClassesKept kept = await KeepAsync(session, plan.Classes, cancellation).ConfigureAwait(false);
                Answer answer = await InviteAsync(session, plan, session.Required(output), end, cancellation)
                    .ConfigureAwait(false);
                return answer
                    .Field("classes added", kept.Added)
                    .Field("classes changed", kept.Changed)
                    .Field("classes unchanged", kept.Unchanged)
                    .Field("students", plan.Learners.Count)
                    .Field("without account", plan.WithoutAccount.Count);
            });
    }

    public static Command CreateClasses(CommandHost host) => host.Verb(
        "classes", "Lists the classes that your node keeps.", "ledger institution classes", [],
        async (session, cancellation) =>
        {
            List<object?[]> rows = [];
            await foreach (SchoolClass one in ClassesAsync(session, cancellation).ConfigureAwait(false))
            {
                rows.Add(
                [
                    one.Id, one.Title, one.Course, one.Members.Count(IsStudent),
                    one.Members.Count(static member => IsStudent(member) && !member.Learner.IsEmpty),
                ]);
            }

            return new Answer().Table("classes", ["id", "title", "course", "students", "on the ledger"], rows);
        });

    public static Command CreateClass(CommandHost host)
    {
        Argument<string> id = new("ID") { Description = "The class's id in the roster." };
        Option<string?> output = new("--out")
        {
            Description = "Write the addresses of its students, for ledger access request-class.", HelpName = "FILE",
        };
        return host.Verb(
            "class",
            "Shows a class, and which of its students are on the ledger.",
            "ledger institution class math-1 --out class.txt",
            [id, output],
            async (session, cancellation) =>
            {
                SchoolClass? found = null;
                await foreach (SchoolClass one in ClassesAsync(session, cancellation).ConfigureAwait(false))
                {
                    found = one.Id == session.Required(id) ? one : found;
                }

                if (found is null)
                {
                    throw new CommandException(
                        ExitCode.Refused, $"Your node keeps no class {session.Required(id)}. See: ledger institution "
                            + "classes");
                }

                if (session.Get(output) is { } path)
                {
                    File.WriteAllLines(path, found.Members.Where(IsStudent)
                        .Where(static member => !member.Learner.IsEmpty)
                        .Select(static member => Parties.Show(member.Learner)!));
                }

                return new Answer()
                    .Field("id", found.Id)
                    .Field("title", found.Title)
                    .Field("course", found.Course)
                    .Table("members", ["role", "accounts", "learner"], found.Members.Select(static member =>
                        new object?[]
                        {
                            member.Role, string.Join(", ", member.Accounts),
                            member.Learner.IsEmpty ? null : Parties.Show(member.Learner),
                        }));
            });
    }

    private static async Task<Answer> InviteAsync(
        Session session, RosterPlan plan, string path, long end, CancellationToken cancellation)
    {
        // A list that exists says what an earlier run has made, also one that broke off.
        AnnouncedLearner[] before = File.Exists(path)
            ? [.. ClaimSheet.Read(await File.ReadAllTextAsync(path, cancellation).ConfigureAwait(false))]
            : [];
        before = await AnnounceCommands.FindAsync(session, before, cancellation).ConfigureAwait(false);
        HashSet<string> known = await KnownAsync(session, cancellation).ConfigureAwait(false);
        known.UnionWith(before.SelectMany(static learner => learner.Accounts));
        AnnouncedLearner[] wanted =
        [
            .. before.Where(static learner => learner.Claim == 0),
            .. plan.Learners.Where(accounts => !accounts.Any(known.Contains))
                .Select(static accounts => new AnnouncedLearner(0, ClaimCode.Create(), accounts)),
        ];
        if (wanted.Length == 0)
        {
            return new Answer().Field("invited", 0);
        }

        AnnouncedLearner[] announced = [.. before.Where(static learner => learner.Claim != 0)];
        ClaimSheet.Write(path, [.. announced, .. wanted], overwrite: true);
        return await AnnounceCommands.AnnounceAsync(session, announced, wanted, end, path, cancellation)
            .ConfigureAwait(false);
    }

    // Whoever is invited, or whose account is a learner's already.
    private static async Task<HashSet<string>> KnownAsync(Session session, CancellationToken cancellation)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        ByteString cursor = ByteString.Empty;
        do
        {
            ClaimAccounts page = await session.Client.ListClaimsAsync(
                new PageRequest { Cursor = cursor }, cancellation).ConfigureAwait(false);
            known.UnionWith(page.Claims.SelectMany(static claim => claim.ActorKeys));
            cursor = page.Cursor;
        }
        while (!cursor.IsEmpty);

        do
        {
            PairPage page = await session.Client.ListPairsAsync(
                new PageRequest { Cursor = cursor }, cancellation).ConfigureAwait(false);
            known.UnionWith(page.Pairs.Select(static pair => pair.ActorKey));
            cursor = page.Cursor;
        }
        while (!cursor.IsEmpty);

        return known;
    }

    private static async Task<ClassesKept> KeepAsync(
        Session session, IReadOnlyList<SchoolClass> classes, CancellationToken cancellation)
    {
        ClassesKept total = new();
        ClassesToKeep batch = new();
        foreach (SchoolClass one in classes)
        {
            if (batch.Classes.Count == ClassesOfCall
                || (batch.Classes.Count > 0
                    && batch.CalculateSize() + one.CalculateSize() > LedgerClient.ImportBytesMax))
            {
                Add(total, await session.Client.KeepClassesAsync(batch, cancellation).ConfigureAwait(false));
                batch = new ClassesToKeep();
            }

            batch.Classes.Add(one);
        }

        if (batch.Classes.Count > 0)
        {
            Add(total, await session.Client.KeepClassesAsync(batch, cancellation).ConfigureAwait(false));
        }

        return total;
    }

    private static void Add(ClassesKept total, ClassesKept part)
    {
        total.Added += part.Added;
        total.Changed += part.Changed;
        total.Unchanged += part.Unchanged;
    }

    private static async IAsyncEnumerable<SchoolClass> ClassesAsync(
        Session session,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        ByteString cursor = ByteString.Empty;
        do
        {
            ClassPage page = await session.Client.ListClassesAsync(
                new PageRequest { Cursor = cursor, Limit = ClassesOfCall }, cancellation).ConfigureAwait(false);
            foreach (SchoolClass one in page.Classes)
            {
                yield return one;
            }

            cursor = page.Cursor;
        }
        while (!cursor.IsEmpty);
    }

    private static bool IsStudent(ClassMember member) => member.Role == Student;
}

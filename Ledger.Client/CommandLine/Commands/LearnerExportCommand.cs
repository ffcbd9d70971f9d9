using System.CommandLine;
using Ledger.Client.Exports;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>
/// Everything about one person in one file: made by the learner, at all of its schools, or by an institution that must
/// answer for what it has.
/// </summary>
internal static class LearnerExportCommand
{
    /// <summary>For the learner.</summary>
    public static Command Create(CommandHost host)
    {
        Option<string> learner = new("--learner")
        {
            Description = "Of whom: yourself, or whom you read for.", DefaultValueFactory = static _ => "me",
            HelpName = "ADDRESS",
        };
        Option<string> output = Output();
        Option<string?> resume = Resume();
        Option<string?> genesis = VerifyCommand.GenesisOption();
        Option<string?> checkpoint = VerifyCommand.CheckpointOption();
        return host.Verb(
            "export",
            "Writes everything that the ledger and all of your schools have of you into one file, which verifies "
                + "offline. Exit code 5 when a school did not answer: ask again with --resume.",
            "ledger learner export --out alice.export",
            [output, learner, resume, genesis, checkpoint],
            async (session, cancellation) =>
            {
                TrustRoot trust = session.OpenTrust(session.Get(checkpoint), session.Get(genesis));
                using BoxClients boxes = new(session);
                Address own = new((await session.Client.GetStatusAsync(cancellation).ConfigureAwait(false))
                    .Institution.Span);
                ExportMaker maker = MakerOf(session, trust, async (institution, token) =>
                    institution == own
                        ? session.Client
                        : await boxes.FindAsync(institution, token).ConfigureAwait(false));
                return await WriteAsync(
                    session,
                    trust,
                    maker,
                    ExportSubject.Of(Parties.Read(session, session.Get(learner) ?? "me")),
                    session.Required(output),
                    session.Get(resume),
                    cancellation).ConfigureAwait(false);
            });
    }

    /// <summary>For an institution.</summary>
    public static Command CreatePerson(CommandHost host)
    {
        Option<string[]> accounts = new("--account")
        {
            Description = "An account of the person, as the record store keeps it; may be repeated.",
            HelpName = "ACCOUNT",
        };
        Option<string?> learner = new("--learner") { Description = "Or its address.", HelpName = "ADDRESS" };
        Option<string> output = Output();
        Option<string?> resume = Resume();
        Option<string?> genesis = VerifyCommand.GenesisOption();
        Option<string?> checkpoint = VerifyCommand.CheckpointOption();
        return host.Verb(
            "export-person",
            "Writes everything that your institution has of a person, enrolled or not, into one file, signed with its "
                + "key: the answer to whoever asks what you keep of it.",
            "ledger record export-person --account \"https://moodle.kyoto-u.example|jo\" --out jo.export",
            [accounts, learner, output, resume, genesis, checkpoint],
            async (session, cancellation) =>
            {
                TrustRoot trust = session.OpenTrust(session.Get(checkpoint), session.Get(genesis));
                ExportSubject subject = await SubjectAsync(
                    session, session.Get(accounts) ?? [], session.Get(learner), cancellation).ConfigureAwait(false);
                ExportMaker maker = MakerOf(
                    session, trust, (_, _) => Task.FromResult<Client.Nodes.LedgerClient?>(session.Client));
                return await WriteAsync(
                    session, trust, maker, subject, session.Required(output), session.Get(resume), cancellation)
                    .ConfigureAwait(false);
            });
    }

    // Whom an account belongs to, the node knows; a person who is no learner is found by its accounts alone.
    private static async Task<ExportSubject> SubjectAsync(
        Session session, string[] accounts, string? learner, CancellationToken cancellation)
    {
        if ((accounts.Length == 0) == (learner is null))
        {
            throw CommandException.WrongUse("Name the person by --account or by --learner, and not by both.");
        }

        Address me = session.Identity.Address;
        if (learner is not null)
        {
            return new ExportSubject(Parties.Read(session, learner), [], me);
        }

        HashSet<Address> paired = [];
        foreach (string account in accounts)
        {
            PairPage page = await session.Client.FindPairsAsync(account, cancellation).ConfigureAwait(false);
            paired.UnionWith(page.Pairs.Select(static pair => new Address(pair.Learner.Span)));
        }

        return paired.Count switch
        {
            0 => new ExportSubject(null, [.. accounts.Distinct(StringComparer.Ordinal)], me),
            1 => new ExportSubject(paired.Single(), [], me),
            _ => throw CommandException.WrongUse("These accounts are of several learners: export each alone."),
        };
    }

    private static ExportMaker MakerOf(
        Session session,
        TrustRoot trust,
        Func<Address, CancellationToken, Task<Client.Nodes.LedgerClient?>> clientOf) => new(
        new ClientExportNode(session.Client, session.Time),
        async (institution, token) => await clientOf(institution, token).ConfigureAwait(false) is { } client
            ? new ClientExportNode(client, session.Time)
            : null,
        session.Identity,
        trust,
        session.Time);

    private static async Task<Answer> WriteAsync(
        Session session,
        TrustRoot trust,
        ExportMaker maker,
        ExportSubject subject,
        string output,
        string? resume,
        CancellationToken cancellation)
    {
        if (resume is not null)
        {
            RequireGenuine(resume, trust);
        }

        await ExportFile.WriteAsync<IReadOnlyList<MissingSchool>>(output, async target =>
        {
            if (resume is null)
            {
                return await maker.MakeAsync(subject, target, cancellation).ConfigureAwait(false);
            }

            using FileStream source = File.OpenRead(resume);
            return await maker.ResumeAsync(source, target, cancellation).ConfigureAwait(false);
        }).ConfigureAwait(false);

        // What was written is what somebody else will verify: so it is verified from the file.
        using FileStream written = File.OpenRead(output);
        return VerifyCommand.Describe(ExportCheck.Run(written, trust)).Field("file", output);
    }

    private static void RequireGenuine(string file, TrustRoot trust)
    {
        using FileStream stream = File.OpenRead(file);
        VerificationReport report = ExportCheck.Run(stream, trust);
        if (report.Verdict == Verdict.Failed)
        {
            throw new CommandException(
                ExitCode.NotVerified,
                $"{file} does not verify, so it is not gone on with. See: ledger verify {file}");
        }
    }

    private static Option<string> Output() => new("--out")
    {
        Description = "The file to write.", HelpName = "FILE", Required = true,
    };

    private static Option<string?> Resume() => new("--resume")
    {
        Description = "A file that you made before: take it over, and ask those who are missing in it.",
        HelpName = "FILE",
    };
}

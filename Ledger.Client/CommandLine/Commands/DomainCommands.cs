using System.CommandLine;
using Ledger.Client.Institutions;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>What domains say of their institutions' keys.</summary>
internal static class DomainCommands
{
    public static Command Check(CommandHost host)
    {
        Argument<string> domain = new("DOMAIN") { Description = "The domain that the institution registered." };
        Option<string?> file = new("--file")
        {
            Description = "A copy of the domain's file that was fetched by other means.", HelpName = "FILE",
        };
        return host.Verb(
            "check",
            "Fetches what a domain says of its key, and compares it with the registrar. Changes nothing.",
            "ledger institution check akita-u.example",
            [domain, file],
            async (session, cancellation) =>
            {
                string named = session.Required(domain);
                Address address = await Parties.ReadInstitutionAsync(session, named, cancellation)
                    .ConfigureAwait(false);
                InstitutionView view = await session.Client.GetInstitutionAsync(address, cancellation)
                    .ConfigureAwait(false);
                return await JudgeAsync(session, new Answer(), view, session.Get(file), cancellation)
                    .ConfigureAwait(false);
            });
    }

    public static Command Publish(CommandHost host)
    {
        Option<string> target = new("--out")
        {
            Description = "The file to write.", DefaultValueFactory = static _ => "learning-ledger.json",
        };
        Option<string?> domain = new("--domain")
        {
            Description = "Your domain; else the one that you registered.", HelpName = "DOMAIN",
        };
        return host.Verb(
            "publish-domain-file",
            "Writes the file that shows at your domain that its holder holds this profile's key.",
            "ledger institution publish-domain-file --out learning-ledger.json",
            [target, domain],
            async (session, cancellation) =>
            {
                Address me = session.Identity.Address;
                string named = session.Get(domain)
                    ?? (await session.Client.GetInstitutionAsync(me, cancellation).ConfigureAwait(false))
                        .Institution?.Domain
                    ?? throw CommandException.WrongUse("The ledger does not know your institution: give --domain.");
                string path = session.Required(target);
                AtomicFile.Write(
                    path,
                    DomainFile.Create(session.ChainId, named, me, session.Identity.Key).ToBytes(),
                    overwrite: true);
                return new Answer()
                    .Field("file", path)
                    .Field("serve at", $"https://{named}{DomainFile.Path}")
                    .Note($"Then anybody can compare: ledger institution check {named}");
            });
    }

    /// <summary>Adds the comparison to what is said about an institution, with its ballot.</summary>
    public static async Task<Answer> JudgeAsync(
        Session session, Answer answer, InstitutionView view, string? file, CancellationToken cancellation)
    {
        string domain = view.Institution?.Domain ?? string.Empty;
        answer.Field("domain", domain)
            .Field("name", view.Institution?.Name)
            .Field("status", Names.Of(view.Institution?.Status ?? InstitutionStatus.Unspecified))
            .Field("address", Parties.Show(view.Address));
        (DomainVerdict? verdict, string text) =
            await FindVerdictAsync(session, view, domain, file, cancellation).ConfigureAwait(false);
        answer.Field("check", verdict is null ? "unreached" : Names.Lower(verdict.Value.ToString()));
        if (view.Ballot is { State: BallotState.Open } ballot)
        {
            answer.Field("ballot", view.Institution?.Ballot)
                .Field("approvals", ballot.Approvals.Count)
                .Field("rejections", ballot.Rejections.Count);
        }

        answer.Note(text);
        if (verdict == DomainVerdict.Matches && view.Institution?.Status == InstitutionStatus.Pending)
        {
            answer.Note($"Vote with: ledger institution vote {domain} --approve");
        }

        return answer.With(verdict switch
        {
            null => ExitCode.Unreachable,
            DomainVerdict.Matches => ExitCode.Done,
            _ => ExitCode.NotVerified,
        });
    }

    private static async Task<(DomainVerdict? Verdict, string Text)> FindVerdictAsync(
        Session session, InstitutionView view, string domain, string? file, CancellationToken cancellation)
    {
        byte[] served;
        try
        {
            if (file is not null)
            {
                served = await File.ReadAllBytesAsync(file, cancellation).ConfigureAwait(false);
            }
            else
            {
                using DomainFetcher fetcher = new();
                served = await fetcher.FetchAsync(domain, cancellation).ConfigureAwait(false);
            }
        }
        catch (DomainFetchException failure)
        {
            return (null, failure.Message);
        }

        if (!Address.TryRead(view.Address.Span, out Address address)
            || !PublicKeyBytes.TryRead(view.PublicKey.Span, out PublicKeyBytes key))
        {
            return (null, "The institution has no key at present: there is nothing to compare the file with.");
        }

        DomainVerdict verdict = DomainFile.Judge(served, session.ChainId, domain, address, key);
        return (verdict, DomainVerdictText.Of(verdict));
    }
}

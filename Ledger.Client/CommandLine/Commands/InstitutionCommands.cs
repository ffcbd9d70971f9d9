using System.CommandLine;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Institutions: who they are, and how they join.</summary>
internal static class InstitutionCommands
{
    public static Command Create(CommandHost host) => CommandHost.Noun(
        "institution",
        "Institutions: who they are, and how they join.",
        Register(host),
        Vote(host),
        CreateIndex(host),
        List(host),
        Show(host),
        Publish(host),
        UsageCommand.Create(host),
        DomainCommands.Check(host),
        DomainCommands.Publish(host),
        StandingCommands.Suspend(host),
        StandingCommands.Reinstate(host),
        StandingCommands.Close(host),
        StandingCommands.Leave(host),
        ContactCommands.Create(host),
        StaffCommands.Create(host),
        AnnounceCommands.CreateAnnounce(host),
        AnnounceCommands.CreateKeep(host),
        AnnounceCommands.CreateClaims(host),
        AnnounceCommands.CreateRevoke(host),
        RosterCommands.CreateImport(host),
        RosterCommands.CreateClasses(host),
        RosterCommands.CreateClass(host));

    private static Command Register(CommandHost host)
    {
        Option<string> name = new("--name") { Description = "Its name.", Required = true };
        Option<string> domain = new("--domain") { Description = "Its domain.", Required = true };
        Option<string> kind = new("--kind")
        {
            Description = "learning-provider or organisation.", DefaultValueFactory = static _ => "learning-provider",
        };
        kind.AcceptOnlyFromAmong("learning-provider", "organisation");
        return host.Verb(
            "register",
            "Asks for membership with the profile's key. The members then vote.",
            "ledger institution register --name \"Kyoto University\" --domain kyoto-u.example",
            [name, domain, kind],
            (session, cancellation) =>
                TransactionSender.SendAsync(session, cancellation, Operations.RegisterInstitution(
                session.Required(name),
                session.Required(domain),
                session.Get(kind) == "organisation" ? InstitutionKind.Organisation
                    : InstitutionKind.LearningProvider)));
    }

    private static Command Vote(CommandHost host)
    {
        Argument<string> candidate = new("CANDIDATE") { Description = "Its address or domain." };
        Option<bool> approve = new("--approve") { Description = "Vote for it." };
        Option<bool> reject = new("--reject") { Description = "Vote against it." };
        Option<bool> check = new("--check")
        {
            Description = "Vote only if the domain's file matches: see ledger institution check.",
        };
        return host.Verb(
            "vote",
            "Votes on a candidate's open ballot.",
            "ledger institution vote akita-u.example --approve",
            [candidate, approve, reject, check],
            async (session, cancellation) =>
            {
                if (session.Get(approve) == session.Get(reject))
                {
                    throw CommandException.WrongUse("Say either --approve or --reject.");
                }

                Address address = await Parties.ReadInstitutionAsync(session, session.Required(candidate), cancellation)
                    .ConfigureAwait(false);
                InstitutionView view = await session.Client.GetInstitutionAsync(address, cancellation)
                    .ConfigureAwait(false);
                if (view.Institution is null || view.Institution.Ballot == 0)
                {
                    throw new CommandException(
                        ExitCode.Refused, "There is no ballot on this institution: it was there from the start.");
                }

                if (session.Get(check))
                {
                    Answer judged = await DomainCommands.JudgeAsync(
                        session, new Answer(), view, file: null, cancellation).ConfigureAwait(false);
                    if (judged.Code != ExitCode.Done)
                    {
                        return judged.Note("No vote was cast.");
                    }
                }

                return await TransactionSender.SendAsync(session, cancellation, Operations.VoteInstitution(
                    address, view.Institution.Ballot, session.Get(approve))).ConfigureAwait(false);
            });
    }

    private static Command CreateIndex(CommandHost host) => host.Verb(
        "create-index",
        "Makes your institution's provider index (PIC), once; its node anchors records only after that.",
        "ledger institution create-index",
        [],
        (session, cancellation) => TransactionSender.SendAsync(session, cancellation, Operations.PicCreate()));

    private static Command List(CommandHost host) => host.Verb(
        "list", "Lists the institutions that the ledger knows.", "ledger institution list", [],
            async (session, cancellation) =>
        {
            IReadOnlyList<InstitutionView> all =
                await InstitutionBook.ListAsync(session, cancellation).ConfigureAwait(false);
            return new Answer().Table(
                "institutions", ["name", "domain", "kind", "status", "validator", "address"], all.Select(
                static view => new object?[]
                {
                    view.Institution?.Name,
                    view.Institution?.Domain,
                    Names.Of(view.Institution?.Kind ?? InstitutionKind.Unspecified),
                    Names.Of(view.Institution?.Status ?? InstitutionStatus.Unspecified),
                    view.IsValidator,
                    Parties.Show(view.Address),
                }));
        });

    private static Command Show(CommandHost host)
    {
        Argument<string> who = Parties.Institution();
        return host.Verb(
            "show", "Shows an institution.", "ledger institution show kyoto-u.example", [who],
                async (session, cancellation) =>
            {
                Address address = await Parties.ReadInstitutionAsync(session, session.Required(who), cancellation)
                    .ConfigureAwait(false);
                return Describe(await session.Client.GetInstitutionAsync(address, cancellation).ConfigureAwait(false));
            });
    }

    private static Command Publish(CommandHost host)
    {
        Argument<string> kind = new("KIND") { Description = "peer, api, box or lrs." };
        kind.AcceptOnlyFromAmong("peer", "api", "box", "lrs");
        Argument<string> uri = new("URI")
        {
            Description =
                "Where it answers. Add #sha256=HEX with the hash of its TLS public key, so that others can check it.",
        };
        return host.Verb(
            "publish-endpoint",
            "Publishes where your node answers; replaces the one of this kind.",
            "ledger institution publish-endpoint box https://box.kyoto-u.example:7001#sha256=5f1c…",
            [kind, uri],
            (session, cancellation) => TransactionSender.SendAsync(
                session, cancellation,
                    Operations.PublishEndpoint(ReadKind(session.Required(kind)), ReadUri(session.Required(uri)))));
    }

    private static string ReadUri(string text) =>
        WebAddress.TryParseSecure(text, out _)
            ? text
            : throw CommandException.WrongUse(
                $"{text} is not an address of a node; write https://host:port#sha256=HEX.");

    private static EndpointKind ReadKind(string name) => name switch
    {
        "peer" => EndpointKind.Peer,
        "api" => EndpointKind.Api,
        "lrs" => EndpointKind.Lrs,
        _ => EndpointKind.Box,
    };

    private static Answer Describe(InstitutionView view)
    {
        Answer answer = new Answer()
            .Field("address", Parties.Show(view.Address))
            .Field("name", view.Institution?.Name)
            .Field("domain", view.Institution?.Domain)
            .Field("kind", Names.Of(view.Institution?.Kind ?? InstitutionKind.Unspecified))
            .Field("status", Names.Of(view.Institution?.Status ?? InstitutionStatus.Unspecified))
            .Field("validator", view.IsValidator)
            .Field("registered height", view.Institution?.RegisteredHeight)
            .Field("public key", Convert.ToHexStringLower(view.PublicKey.Span));
        if (view.Ballot is not null)
        {
            answer.Field("ballot", view.Institution?.Ballot)
                .Field("ballot state", view.Ballot.State.ToString().ToLowerInvariant())
                .Field("approvals", view.Ballot.Approvals.Count)
                .Field("rejections", view.Ballot.Rejections.Count);
        }

        return answer.Table("endpoints", ["kind", "uri", "from height"], view.Endpoints.Select(
            static endpoint => new object?[] { Names.Of(endpoint.Kind), endpoint.Uri, endpoint.Interval?.FromHeight }));
    }
}

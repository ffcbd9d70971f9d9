using System.Reflection;
using System.Text.RegularExpressions;
using Google.Protobuf;

namespace Ledger.Fuzz.Tests;

/// <summary>Whatever reads bytes or text is in a target, or stands in the list below with the reason why not.</summary>
public sealed partial class CoverageTests
{
    /// <summary>Methods that are named like decoders and are none that an outsider reaches.</summary>
    private static readonly SortedDictionary<string, string> Excluded = new(StringComparer.Ordinal)
    {
        ["Ledger.Primitives.CanonicalMessage.TryParse"] = "generic: every target of a canonical message is one of it",
        ["Ledger.Consensus.VoteState.ReadSlots"] = "a part of VoteState.TryRead",
        ["Ledger.Consensus.VoteState.ReadNumber"] = "a part of VoteState.TryRead",
        ["Ledger.Contracts.Execution.GenesisState.ReadKey"] = "a part of GenesisState.Build",
        ["Ledger.Client.Seats.VoteKeyCard.Read"] = "reads a file for VoteKeyCard.TryParse, and checks the proof",
        ["Ledger.CommandLine.Hosting.MemberBook.Read"] = "Address.TryParse, else a name among the members",
        ["Ledger.Node.Commands.JoinCommand.ReadCheckpoint"] = "TrustedCheckpoint.TryParse, else a checkpoint file",
        ["Ledger.Node.Hosting.LedgerPeerDirectory.ParseConfigured"] = "a part of the target of a configuration",
        ["Ledger.CommandLine.Hosting.Parties.Read"] = "Address.TryParse, else the profile",
        ["Ledger.CommandLine.Hosting.Parties.ReadInstitutionAsync"] = "asks a node for a name",
        ["Ledger.CommandLine.Commands.InstitutionCommands.ReadKind"] = "one of three words",
        ["Ledger.Node.Erasure.OrderId.Read"] = "16 bytes, whose number was looked at, or of the own store",
        ["Ledger.Node.Integrity.BlockInspector.Parse"] = "the own store: `./ledger bitflips` damages all of it",
        ["Ledger.Node.Integrity.RefetchList.Read"] = "the own store: `./ledger bitflips` damages all of it",
        ["Ledger.Node.Storage.StoreSeal.TryRead"] = "the own store: `./ledger bitflips` damages all of it",
        ["Ledger.Node.Storage.StoreBeginning.TryRead"] = "the own store: `./ledger bitflips` damages all of it",
        ["Ledger.Node.Storage.StoreBeginning.Read"] = "the own store: `./ledger bitflips` damages all of it",
        ["Ledger.Node.Storage.Watermark.Read"] = "the own store: `./ledger bitflips` damages all of it",
        ["Ledger.Node.Records.RecordDatabase.OpenReader"] = "opens a file; SQLite reads it",
        ["Ledger.Node.Records.RecordContent.Read"] = "opened by AES-GCM under the own keys: what the own writer sealed",
        ["Ledger.Node.Records.NameContent.Read"] = "opened by AES-GCM under the own keys: what the own writer sealed",
        ["Ledger.Node.Records.DocumentHead.Read"] = "opened by AES-GCM under the own keys: what the own writer sealed",
        ["Ledger.Node.Records.Connectors.ILinkJournal.Read"] = "the name of a link: the own store is read",
        ["Ledger.Node.Records.Connectors.LinkJournal.Read"] = "the name of a link: the own store is read",
        ["Ledger.Node.Hosting.TrustedProxies.TryRead"] = "IPNetwork.TryParse, else IPAddress.TryParse",
        ["Ledger.Client.Rosters.RosterFiles.Read"] = "opens files for RosterFiles.ReadText",
        ["Ledger.Client.Sealing.SealingCipher.Import"] = "takes the result of a key agreement",
        ["Ledger.CommandLine.Commands.MeasureCommands.Read"] = "one of three words",
        ["Ledger.CommandLine.Commands.DisclosureMakeCommand.Read"] = "opens a file for ProofVerifier.Verify",
        ["Ledger.Workload.HashedLines.Append"] = "writes a file",
        ["Ledger.Contracts.Verbs.VerbTable.Read"] = "a table inside the program",
        ["NSec.Cryptography.SharedSecret.Import"] = "takes the result of a key agreement, which no outsider sends",
        ["NSec.Cryptography.SharedSecret.TryImport"] = "takes the result of a key agreement, which no outsider sends",
    };

    private static readonly IReadOnlyList<FuzzTarget> All = FuzzTargets.All();

    private static readonly Assembly[] Assemblies =
    [
        typeof(Ledger.Primitives.Hash256).Assembly,
        typeof(Ledger.Contracts.State.LedgerState).Assembly,
        typeof(Ledger.Client.Records.JsonTree).Assembly,
        typeof(Ledger.CommandLine.Hosting.CommandException).Assembly,
        typeof(Ledger.Node.Hosting.NodeRuntime).Assembly,
        typeof(Grpc.Core.Metadata).Assembly,
        typeof(Grpc.AspNetCore.Server.GrpcServiceOptions).Assembly,
        typeof(NSec.Cryptography.PublicKey).Assembly,
        typeof(Ledger.Workload.PaperFigures).Assembly,
    ];

    [Test]
    public void Every_decoder_is_in_a_target_or_says_why_not()
    {
        HashSet<string> covered = [.. All.SelectMany(static target => target.Methods()).Select(NameOf)];
        IEnumerable<string> missing = Assemblies.SelectMany(static assembly => assembly.GetTypes())
            .Where(static type => !IsGenerated(type))
            .SelectMany(static type => type.GetMethods(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance
                    | BindingFlags.DeclaredOnly))
            .Where(IsDecoder)
            .Select(NameOf)
            .Distinct()
            .Where(name => !covered.Contains(name) && !Excluded.ContainsKey(name))
            .Order(StringComparer.Ordinal);

        Assert.That(
            missing, Is.Empty, "add each to a target (tests/Ledger.Fuzz/README.md), or to the list with a reason");
    }

    [Test]
    public void Every_name_of_a_target_is_a_method()
    {
        foreach (Decoder decoder in All.SelectMany(static target => target.Covers))
        {
            FuzzTarget one = All[0] with { Covers = [decoder] };
            Assert.That(one.Methods(), Is.Not.Empty, decoder.ToString());
        }
    }

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";

    private static bool IsGenerated(Type type) =>
        typeof(IMessage).IsAssignableFrom(type)
        || (type.FullName ?? "").Contains('<', StringComparison.Ordinal)
        || type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), inherit: false)
        || type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false);

    private static bool IsDecoder(MethodInfo method) =>
        NamePattern().IsMatch(method.Name)
        && !method.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false)
        && method.GetParameters() is [var first, ..]
        && IsInput(first.ParameterType);

    private static bool IsInput(Type type) =>
        type == typeof(string)
        || type == typeof(byte[])
        || type == typeof(ByteString)
        || type == typeof(Stream)
        || type == typeof(ReadOnlySpan<byte>)
        || type == typeof(ReadOnlyMemory<byte>)
        || type == typeof(ReadOnlySpan<char>);

    [GeneratedRegex("^(Try)?(Decode|Read|Parse|Deserialize|Import|Unpack|Append)[A-Za-z0-9]*$")]
    private static partial Regex NamePattern();
}

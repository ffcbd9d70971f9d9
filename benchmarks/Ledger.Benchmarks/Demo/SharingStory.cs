using System.Diagnostics;
using System.Globalization;
using Ledger.Benchmarks.Replay;
using Ledger.Client.Keys;
using Ledger.Client.Profiles;
using Ledger.Devnet;
using Ledger.Node.Configuration;
using Ledger.Primitives;
using Ledger.Workload;

namespace Ledger.Benchmarks.Demo;

/// <summary>
/// A learner of North carries a verb's records to East: granted, read and verified; refused to South; a tampered record
/// caught; revoked. Each step is a command of the <c>ledger</c> program.
/// </summary>
public sealed class SharingStory
{
    private const string VerbCode = "0x34";
    private const string LearnerProfile = "learner";

    /// <summary>Views that the learner adds after the replay.</summary>
    private const int MoreRecords = 4;

    private static readonly TimeSpan AnchoringTimeout = TimeSpan.FromSeconds(20);

    private readonly LocalConsortium consortium;
    private readonly CommandLineProgram program;
    private readonly string learner;
    private readonly string recordId;
    private string commitment = string.Empty;
    private readonly IReadOnlyList<LearningRecord> more;
    private readonly List<DemoStep> steps = [];
    private string grant = string.Empty;

    /// <summary>
    /// Chooses the learner: the first of North with a record of the verb; gives it a profile and key file.
    /// </summary>
    public SharingStory(LocalConsortium consortium, Cast cast, PaperSample sample)
    {
        this.consortium = consortium;
        program = new CommandLineProgram(consortium.Plan.ClientHome);
        LearningRecord record = sample.Records.First(record =>
            record.SchoolIndex == Schools.North.Index && record.Verb.Id == PaperSample.DemonstrationVerbId);
        int student = sample.Students.ToList().IndexOf(record.StudentIndex);
        learner = cast.Learner(student).ToString();
        recordId = record.Tool == LearningTool.Caliper
            ? IdOf(record)
            : record.Id.ToString("D", CultureInfo.InvariantCulture);
        more = [.. new Population(sample.Seed).Records()
            .Where(other => other.StudentIndex == record.StudentIndex && other.Verb == record.Verb
                && other.Tool == record.Tool && other.Number != record.Number)
            .Take(MoreRecords)];
        WriteLearnerProfile(cast.KeyOf(ActorRole.Learner(student)));
    }

    /// <summary>The transaction of the grant: its receipt is kept.</summary>
    public string GrantTransaction { get; private set; } = string.Empty;

    /// <summary>Records that East verified.</summary>
    public int RecordsVerified { get; private set; }

    /// <summary>The learner's address.</summary>
    public string Learner => learner;

    /// <summary>Where the grant's receipt is kept.</summary>
    public string ReceiptFile => Path.Combine(consortium.Plan.Folder, "grant.receipt");

    /// <summary>Runs the steps, telling each as it is done.</summary>
    public async Task<IReadOnlyList<DemoStep>> RunAsync(Action<DemoStep> tell)
    {
        await StepAsync(AnchorAsync, tell);
        await StepAsync(GrantAsync, tell);
        await StepAsync(ReadAsync, tell);
        await StepAsync(RefuseAsync, tell);
        await StepAsync(TamperAsync, tell);
        await StepAsync(RevokeAsync, tell);
        await StepAsync(KeepReceiptAsync, tell);
        return steps;
    }

    /// <summary>Verifies the kept receipt; called with every node stopped.</summary>
    public async Task<DemoStep> VerifyOfflineAsync()
    {
        CommandResult result = await program.RunAsync(LearnerProfile, "verify", ReceiptFile);
        string broken = ReceiptFile + ".broken";
        byte[] bytes = await File.ReadAllBytesAsync(ReceiptFile);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(broken, bytes);
        CommandResult forged = await program.RunAsync(LearnerProfile, "verify", broken);
        return new DemoStep(
            "offline_receipt_ok",
            "With all four nodes stopped, the receipt of the grant verifies from its file; a copy with one "
                + "changed bit does not.",
            program.Shown(LearnerProfile, "verify", ReceiptFile),
            result.ExitCode == 0 && forged.ExitCode != 0,
            result.All + forged.All);
    }

    private async Task StepAsync(Func<Task<DemoStep>> step, Action<DemoStep> tell)
    {
        steps.Add(await step());
        tell(steps[^1]);
    }

    // The learner's tool reports on: the node anchors by itself once it knows whose account that is.
    private async Task<DemoStep> AnchorAsync()
    {
        CommandResult known = await program.RunAsync(Schools.North.Key, "record", "status", recordId);
        commitment = known.Text("commitment");
        CommandResult paired = await program.RunAsync(
            Schools.North.Key, "learner", "pair", known.Text("account"), learner);
        string file = Path.Combine(consortium.Plan.Folder, "more-views.json");
        await File.WriteAllTextAsync(file, RecordLoader.CaliperEnvelope(
            Schools.North, more.Select(record => record.ToJson())));
        string[] command = ["record", "add", file];
        CommandResult added = await program.RunAsync(Schools.North.Key, command);
        Stopwatch waited = Stopwatch.StartNew();
        int anchored = 0;
        while (added.ExitCode == 0 && anchored < more.Count && waited.Elapsed < AnchoringTimeout)
        {
            CommandResult status = await program.RunAsync(Schools.North.Key, "record", "status", IdOf(more[anchored]));
            anchored += status.Text("state") == "anchored" ? 1 : 0;
        }

        return new DemoStep(
            "records_anchored",
            $"The learner views {more.Count} more pages; {Schools.North.Name}'s record store takes them in, and "
                + $"its node "
                + $"anchors {anchored} of {more.Count} by itself.",
            program.Shown(Schools.North.Key, command),
            paired.ExitCode == 0 && added.ExitCode == 0 && anchored == more.Count && anchored > 0,
            known.All + paired.All + added.All);
    }

    private static string IdOf(LearningRecord record) =>
        "urn:uuid:" + record.Id.ToString("D", CultureInfo.InvariantCulture);

    private async Task<DemoStep> GrantAsync()
    {
        string[] command = ["access", "grant", VerbCode, "--to", Schools.East.Domain, "--rights", "read"];
        CommandResult result = await program.RunAsync(LearnerProfile, command);
        GrantTransaction = result.Text("transaction");
        grant = result.Answer.TryGetProperty("operations", out System.Text.Json.JsonElement rows)
            && rows.GetArrayLength() > 0
            ? rows[0].TryGetProperty("number", out System.Text.Json.JsonElement number) ? number.ToString()
            : string.Empty
            : string.Empty;
        return new DemoStep(
            "granted",
            $"Learner {learner[..8]} of {Schools.North.Name} grants {Schools.East.Name} to read the verb viewed "
                + $"({VerbCode}).",
            program.Shown(LearnerProfile, command),
            result.ExitCode == 0,
            result.All);
    }

    private async Task<DemoStep> ReadAsync()
    {
        string[] command = ReadCommand(Schools.North);
        CommandResult result = await program.RunAsync(Schools.East.Key, command);
        RecordsVerified = result.Answer.TryGetProperty("records", out System.Text.Json.JsonElement records)
            ? records.GetArrayLength()
            : 0;
        return new DemoStep(
            "granted_read_ok",
            $"{Schools.East.Name} reads through {Schools.North.Name}'s secure box and verifies every record itself: "
            + $"{RecordsVerified} of {RecordsVerified}.",
            program.Shown(Schools.East.Key, command),
            result.ExitCode == 0 && RecordsVerified > 0,
            result.All);
    }

    private async Task<DemoStep> RefuseAsync()
    {
        string[] command = ReadCommand(Schools.North);
        CommandResult result = await program.RunAsync(Schools.South.Key, command);
        return new DemoStep(
            "ungranted_read_refused",
            $"{Schools.South.Name}, which was granted nothing, asks for the same records and is refused.",
            program.Shown(Schools.South.Key, command),
            IsRefused(result),
            result.All);
    }

    private async Task<DemoStep> TamperAsync()
    {
        StoredRecordTampering tampering = new(
            Path.Combine(consortium.Plan.Nodes[Schools.North.Index].Home, "records", "records.sqlite"), commitment);
        int place = tampering.Change();
        string[] command = ReadCommand(Schools.North);
        CommandResult result = await program.RunAsync(Schools.East.Key, command);
        tampering.Restore();
        return new DemoStep(
            "tamper_detected",
            $"Byte {place} of record {recordId} is changed in {Schools.North.Name}'s store: the read names the "
                + $"record that does not "
            + "match, with both values, and does not release it. (The byte is put back.)",
            program.Shown(Schools.East.Key, command),
            result.ExitCode == 4 && result.All.Contains("match", StringComparison.OrdinalIgnoreCase),
            result.All);
    }

    private async Task<DemoStep> RevokeAsync()
    {
        string[] command = ["access", "revoke", VerbCode, grant];
        CommandResult revoked = await program.RunAsync(LearnerProfile, command);
        CommandResult result = await program.RunAsync(Schools.East.Key, ReadCommand(Schools.North));
        return new DemoStep(
            "revoked_read_refused",
            $"The learner revokes the grant, and {Schools.East.Name} is refused at its next read.",
            program.Shown(LearnerProfile, command),
            revoked.ExitCode == 0 && IsRefused(result),
            revoked.All + result.All);
    }

    private async Task<DemoStep> KeepReceiptAsync()
    {
        string[] command = ["receipt", "get", GrantTransaction, "--out", ReceiptFile];
        CommandResult result = await program.RunAsync(LearnerProfile, command);
        return new DemoStep(
            "receipt_kept",
            "The learner keeps the receipt of the grant: one file with block header, certificate and Merkle path.",
            program.Shown(LearnerProfile, command),
            result.ExitCode == 0 && File.Exists(ReceiptFile),
            result.All);
    }

    private string[] ReadCommand(School school) => ["record", "read", learner, VerbCode, "--from", school.Domain];

    private static bool IsRefused(CommandResult result) =>
        result.ExitCode == 1 && result.All.Contains("NO_RIGHT", StringComparison.Ordinal);

    private void WriteLearnerProfile(SigningKey key)
    {
        string keyFile = Path.Combine(consortium.Plan.ClientHome, "learner.key");
        string passwordFile = Path.Combine(consortium.Plan.ClientHome, "learner.password");
        AtomicFile.Write(passwordFile, "a learner's own password"u8, overwrite: true);
        using Password password = Password.FromFile(passwordFile);
        KeyFile.Write(keyFile, key, key.Address, password, overwrite: true);
        ReadyFile ready = LocalConsortium.Ready(consortium.Plan.Nodes[Schools.North.Index])!;
        new ProfileStore(consortium.Plan.ClientHome).Save(LearnerProfile, new Profile
        {
            Node = ready.Api,
            TlsPin = ready.TlsPin,
            ChainId = ready.ChainId,
            Genesis = Path.GetFullPath(consortium.Plan.GenesisFile),
            KeyFile = keyFile,
            PasswordFile = passwordFile,
        }, overwrite: true);
        Invariant.That(learner == key.Address.ToString());
    }
}

using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace Ledger.Testing;

/// <summary>
/// Runs Node.js scripts with their packages. A folder of scripts is copied to a temporary one, once a test run, and
/// its packages are installed there, so that no test writes into the source tree.
/// </summary>
public sealed class ForeignNode
{
    private const string HowToInstall =
        "Node.js and npm are needed for this test and were not found: apt-get install nodejs npm";

    /// <summary>An installation takes seconds; a script less. Only a hang meets these limits.</summary>
    private static readonly TimeSpan installLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan scriptLimit = TimeSpan.FromMinutes(1);

    private static readonly ConcurrentDictionary<string, Lazy<Task<ForeignNode>>> installed =
        new(StringComparer.Ordinal);

    private readonly string folder;

    private ForeignNode(string folder)
    {
        this.folder = folder;
    }

    /// <summary>Copies a folder and installs its packages, once a test run.</summary>
    /// <param name="sourceFolder">Holds package.json, package-lock.json, scripts and whatever they read.</param>
    public static Task<ForeignNode> InstallAsync(string sourceFolder) =>
        installed.GetOrAdd(sourceFolder, source => new Lazy<Task<ForeignNode>>(() => InstallNewAsync(source))).Value;

    /// <summary>Runs a script to its end and returns what it printed; fails the test if it does not succeed.</summary>
    /// <param name="script">The file name.</param>
    /// <param name="arguments">Its arguments.</param>
    public async Task<string> RunAsync(string script, params string[] arguments)
    {
        using var process = StartProcess("node", folder, [script, .. arguments]);
        return await FinishAsync(process, $"node {script}", scriptLimit);
    }

    /// <summary>Starts a script that runs until it is disposed.</summary>
    /// <param name="script">The file name; it has to end when its input ends.</param>
    /// <param name="arguments">Its arguments.</param>
    public ForeignProcess Start(string script, params string[] arguments) =>
        new(StartProcess("node", folder, [script, .. arguments]), script);

    /// <summary>Deletes the temporary folders of this test run.</summary>
    internal static async Task DeleteAllAsync()
    {
        foreach (var installation in installed.Values.Where(lazy => lazy.IsValueCreated))
        {
            if (installation.Value.IsCompletedSuccessfully)
            {
                Directory.Delete((await installation.Value).folder, recursive: true);
            }
        }
    }

    private static async Task<ForeignNode> InstallNewAsync(string sourceFolder)
    {
        var folder = Directory.CreateTempSubdirectory("foreign-node-").FullName;
        foreach (var file in Directory.GetFiles(sourceFolder))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        string[] arguments = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
        using var process = StartProcess("npm", folder, arguments);
        await FinishAsync(process, "npm ci", installLimit);
        return new ForeignNode(folder);
    }

    private static Process StartProcess(string program, string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)
                ?? throw new InvalidOperationException($"The system started no process for {program}.");
        }
        catch (Win32Exception missing)
        {
            throw new AssertionException(HowToInstall, missing);
        }
    }

    private static async Task<string> FinishAsync(Process process, string what, TimeSpan limit)
    {
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{what} did not end within {limit}. It printed:\n{await output}{await errors}");
        }

        Assert.That(process.ExitCode, Is.Zero, $"{what} failed. It printed:\n{await output}{await errors}");
        return await output;
    }
}

using System.Diagnostics;

namespace Ledger.Simulator.Planted;

/// <summary>
/// A copy of this simulator whose consensus is built from patched sources; the tree itself is never touched.
/// </summary>
public sealed class PlantedTree(string root, string folder)
{
    private const string Product = "Ledger.Consensus";

    private static readonly string[] RootFiles =
        ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "nuget.config",
            "BannedSymbols.txt", ".editorconfig"];

    /// <summary>Copies, patches and builds; returns the path of the patched simulator.</summary>
    public string Build(PlantedBug bug)
    {
        string sources = Path.Combine(folder, bug.Name, "sources");
        string binaries = Path.Combine(folder, bug.Name, "bin");
        CopySources(sources);
        bug.Apply(sources);
        string built = Path.Combine(folder, bug.Name, "built");
        Run(
            bug, "dotnet", "build", Path.Combine(sources, Product), "-c", "Release", "-o", built, "-v", "q", "-nologo",
            "--nodeReuse:false", "-p:TreatWarningsAsErrors=false", "-p:EnforceCodeStyleInBuild=false");
        CopyFolder(AppContext.BaseDirectory, binaries);
        File.Copy(
            Path.Combine(built, Product + ".dll"), Path.Combine(binaries, Product + ".dll"), overwrite: true);
        return Path.Combine(binaries, typeof(PlantedTree).Assembly.GetName().Name + ".dll");
    }

    /// <summary>A fresh copy of what the product's consensus is built from.</summary>
    public void CopySources(string sources)
    {
        if (Directory.Exists(sources))
        {
            Directory.Delete(sources, recursive: true);
        }

        CopyFolder(Path.Combine(root, Product), Path.Combine(sources, Product));
        foreach (string name in RootFiles.Where(name => File.Exists(Path.Combine(root, name))))
        {
            File.Copy(Path.Combine(root, name), Path.Combine(sources, name));
        }
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }

        foreach (string inner in Directory.GetDirectories(from))
        {
            if (Path.GetFileName(inner) is not ("bin" or "obj"))
            {
                CopyFolder(inner, Path.Combine(to, Path.GetFileName(inner)));
            }
        }
    }

    private static void Run(PlantedBug bug, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)
            ?? throw new PlantedBugException($"{bug.Name}: {program} does not start.");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new PlantedBugException($"{bug.Name} does not build:\n{output}{errors.Result}");
        }
    }
}

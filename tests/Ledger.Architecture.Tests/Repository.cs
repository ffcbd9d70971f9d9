namespace Ledger.Architecture.Tests;

/// <summary>The files of the repository, without what builds and runs leave behind.</summary>
internal static class Repository
{
    private const string RootMarker = "Directory.Packages.props";

    private static readonly string[] Passing = ["bin", "obj", "run", ".git", "node_modules", "TestResults"];

    private static readonly Lazy<IReadOnlyList<string>> Found = new(() =>
        [.. Walk(FindRoot()).Order(StringComparer.Ordinal)]);

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The four projects that make the ledger, by folder.</summary>
    public static IReadOnlyList<string> MainFolders { get; } =
        ["Ledger.Consensus/", "Ledger.Contracts/", "Ledger.Client/", "Ledger.Node/"];

    /// <summary>The folders without clock, task, file or randomness.</summary>
    public static IReadOnlyList<string> PureFolders { get; } = ["Ledger.Consensus/", "Ledger.Contracts/"];

    /// <summary>Every file, by its path from the root with forward slashes.</summary>
    public static IReadOnlyList<string> Files => Found.Value;

    /// <summary>The folders of the top level, without those that begin with a dot.</summary>
    public static IEnumerable<string> TopFolders =>
        Files.Where(file => file.Contains('/', StringComparison.Ordinal) && !file.StartsWith('.'))
            .Select(file => file[..file.IndexOf('/', StringComparison.Ordinal)])
            .Distinct(StringComparer.Ordinal);

    /// <summary>Files whose names end so, below one of the folders, or anywhere when none is named.</summary>
    public static IEnumerable<string> With(string ending, params IReadOnlyList<string> folders) =>
        Files.Where(file => file.EndsWith(ending, StringComparison.Ordinal)
            && (folders.Count == 0 || folders.Any(folder => file.StartsWith(folder, StringComparison.Ordinal))));

    /// <summary>The C# files below the folders, or all.</summary>
    public static IEnumerable<SourceFile> Sources(params IReadOnlyList<string> folders) =>
        With(".cs", folders).Select(path => new SourceFile(path, Lines(path)));

    /// <summary>A file's lines.</summary>
    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    /// <summary>A file's text.</summary>
    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            string path = Path.GetRelativePath(Root, file).Replace(Path.DirectorySeparatorChar, '/');
            if (path != ".git")
            {
                yield return path;
            }
        }

        IEnumerable<string> inner = Directory.EnumerateDirectories(folder)
            .Where(child => !Passing.Contains(Path.GetFileName(child), StringComparer.Ordinal));
        foreach (string file in inner.SelectMany(Walk))
        {
            yield return file;
        }
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, RootMarker)))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds {RootMarker}.");
    }
}

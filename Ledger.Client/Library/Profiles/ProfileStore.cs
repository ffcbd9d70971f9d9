using System.Text;
using System.Text.Json;
using Ledger.Client.Keys;

namespace Ledger.Client.Profiles;

/// <summary>
/// The profiles in a folder: <c>profiles/NAME.json</c> each, and the name of the one in use in <c>current</c>.
/// </summary>
public sealed class ProfileStore
{
    /// <summary>Environment variable that names the folder.</summary>
    public const string HomeVariable = "LEDGER_HOME";

    private const string FolderName = "learning-ledger";
    private const string CurrentName = "current";
    private const string Extension = ".json";
    private const int NameLengthMax = 64;

    /// <summary>Takes the folder, which need not exist yet.</summary>
    public ProfileStore(string home)
    {
        Home = Path.GetFullPath(home);
    }

    /// <summary>The folder.</summary>
    public string Home { get; }

    /// <summary>The name of the profile in use, or null.</summary>
    public string? Current
    {
        get
        {
            string path = Path.Combine(Home, CurrentName);
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
    }

    /// <summary>
    /// The folder that is named, else that of the environment, else <c>~/.config/learning-ledger</c>.
    /// </summary>
    public static ProfileStore Open(string? home)
    {
        string? named = string.IsNullOrEmpty(home) ? Environment.GetEnvironmentVariable(HomeVariable) : home;
        return new ProfileStore(string.IsNullOrEmpty(named)
            ? Path.Combine(
                Environment.GetFolderPath(
                    Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
                ".config",
                FolderName)
            : named);
    }

    /// <summary>Whether a name may be a profile's: 1 to 64 letters, digits, dashes and underscores.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= NameLengthMax
        && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    /// <summary>The names, in ordinal order.</summary>
    public IReadOnlyList<string> List()
    {
        string folder = Path.Combine(Home, "profiles");
        return Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "*" + Extension)
                .Select(static path => Path.GetFileNameWithoutExtension(path))
                .Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Reads a profile; throws <see cref="ProfileException"/>.</summary>
    public Profile Load(string name)
    {
        string path = PathOf(name);
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ProfileJson.Default.Profile)
                ?? throw new ProfileException($"{path} is empty.");
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ProfileException($"There is no profile {name}. Run: ledger profile list", failure);
        }
        catch (JsonException failure)
        {
            throw new ProfileException($"{path} is not a profile: {failure.Message}", failure);
        }
    }

    /// <summary>
    /// Writes a profile; throws <see cref="IOException"/> when it exists and <paramref name="overwrite"/> is false.
    /// </summary>
    public void Save(string name, Profile profile, bool overwrite) =>
        AtomicFile.Write(
            PathOf(name), JsonSerializer.SerializeToUtf8Bytes(profile, ProfileJson.Default.Profile), overwrite);

    /// <summary>
    /// Makes a profile the one in use; throws <see cref="ProfileException"/> when there is none of this name.
    /// </summary>
    public void Use(string name)
    {
        Load(name);
        AtomicFile.Write(Path.Combine(Home, CurrentName), Encoding.UTF8.GetBytes(name + "\n"), overwrite: true);
    }

    /// <summary>A path of a profile as an absolute one.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Home);

    private string PathOf(string name) => IsName(name)
        ? Path.Combine(Home, "profiles", name + Extension)
        : throw new ProfileException($"{name} cannot be a profile's name: letters, digits, - and _ only.");
}

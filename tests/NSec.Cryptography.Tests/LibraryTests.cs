using NSec.Cryptography.Interop;

namespace NSec.Cryptography.Tests;

public sealed class LibraryTests
{
    [Test]
    public void A_missing_library_is_reported_with_the_package_and_the_command()
    {
        DllNotFoundException? error = Assert.Throws<DllNotFoundException>(
            () => LibsodiumLibrary.Load(["libsodium.so.none"], LibsodiumLibrary.Symbols));
        Assert.That(error!.Message, Does.Contain("libsodium.so.none").And.Contain("Debian 12")
            .And.Contain("apt-get install libsodium23"));
    }

    [Test]
    public void A_library_without_a_needed_symbol_is_reported_with_the_symbol()
    {
        DllNotFoundException? error = Assert.Throws<DllNotFoundException>(
            () => LibsodiumLibrary.Load(LibsodiumLibrary.Names, ["sodium_init", "sodium_unheard_of"]));
        Assert.That(error!.Message, Does.Contain("lacks sodium_unheard_of.").And.Contain("apt-get install"));
    }
}

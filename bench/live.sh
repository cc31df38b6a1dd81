# Sourced by the scripts beside it that measure running processes, which define "home" and "fail".

# shellcheck source=java.sh
. "$home/bench/java.sh"

# Builds, and runs a class of the benchmarks with these arguments, as root in a network namespace of its own.
run_live() {
    local class=$1 java_home
    shift
    case " $* " in
        *" -h "* | *" --help "*)
            sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
            exit
            ;;
    esac
    java_home=$(find_java)
    command -v mvn >/dev/null 2>&1 || fail "Maven (mvn) is not on the PATH"
    mvn -B -q -Dstyle.color=never -f "$home/pom.xml" -pl bench -am -Dmaven.test.skip=true -Dcyclonedx.skip=true \
        package </dev/null >&2 || fail "the build failed; its messages are above"
    # Its first start may build it, and make its cache.
    "$home/levee" --version >/dev/null || fail "levee --version fails"

    describe_machine "$java_home"
    printf '; Linux %s, net.core.rmem_max %s, load average %s\n\n' "$(uname -r)" \
        "$(cat /proc/sys/net/core/rmem_max)" "$(cut -d' ' -f1 /proc/loadavg)"
    set -- "$java_home/bin/java" -XX:+UseSerialGC -Xmx768m -cp "$home/bench/target/levee-bench.jar" "$class" \
        --launcher "$home/levee" "$@"
    if [ "$EUID" -eq 0 ] && unshare -n true 2>/dev/null; then
        # shellcheck disable=SC2016 # expanded by the inner shell
        exec unshare -n sh -c 'ip link set lo up && exec "$@"' live "$@"
    fi
    exec "$@"
}

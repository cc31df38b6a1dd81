# Sourced by the scripts beside it, which define "fail".

# Prints the folder of a JDK 21 or newer: LEVEE_JAVA_HOME, JAVA_HOME, the PATH or /usr/lib/jvm.
find_java() {
    local candidate
    for candidate in "${LEVEE_JAVA_HOME:-}" "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")" \
        /usr/lib/jvm/*; do
        [ -x "$candidate/bin/javac" ] || continue
        if [ "$(java_release "$candidate")" -ge 21 ]; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    fail "found no JDK 21 or newer; set JAVA_HOME"
}

# The feature release of the JDK in a folder, such as 25.
java_release() {
    "$1/bin/javac" -version 2>&1 | awk '{ split($2, part, "."); print part[1] + 0 }'
}

# The date, the processor and the JDK in a folder, in one line without its end.
describe_machine() {
    local model
    model=$(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo 2>/dev/null || true)
    printf '%s; %s cores, %s; JDK %s' "$(date -u +%Y-%m-%d)" "$(getconf _NPROCESSORS_ONLN)" "${model:-CPU unknown}" \
        "$("$1/bin/java" -version 2>&1 | awk -F'"' 'NR == 1 { print $2 }')"
}
